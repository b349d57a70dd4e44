import type { AskedReward } from '../rewards/reward.ts'
import type { History } from './ledger.ts'

/** A campaign of the past: when it went, to whom, and what it said. */
export type PastMail = {
  /** Days from today. */
  offset: number
  name: string
  segment: string
  subject: string
  html: string
  /** A loyalty mailing: whose, by position in PROVIDERS, and what it brought. */
  loyalty?: { provider: number; reward: AskedReward }
  /** Whether somebody was in the segment on that day, as far as the demo's habits tell. */
  meant(history: History, offset: number): boolean
}

const site = (page: string) => `https://studio-wolkenhof.test/${page}`

const greeting = '<p>Hello {{ customer.first_name | default: "there" }},</p>'
const farewell = '<p>See you on the mat 🧘‍♀️<br>Mara and everybody at Studio Wolkenhof</p>'

/** How often somebody had come to a provider by a day (in so many days before it), and when that was last. */
function readings(
  { visits }: History,
  provider: number,
  offset: number,
  days = Number.POSITIVE_INFINITY,
): { count: number; last: number } {
  const own = visits.filter(
    (visit) =>
      visit.provider === provider &&
      visit.state === 'attended' &&
      visit.offset < offset &&
      visit.offset >= offset - days,
  )
  return { count: own.length, last: own.at(-1)?.offset ?? Number.NEGATIVE_INFINITY }
}

/** Those of the others who are not among the hundred at the top, and whose last review was a good one: about a third. */
const isLoyal = (count: number): boolean => count >= 3 && count % 3 === 0

/** Those who came to a provider more than three times, and at least twice in the last thirty days. */
function isTop(history: History, provider: number, offset: number): boolean {
  return readings(history, provider, offset).count > 3 && readings(history, provider, offset, 30).count >= 2
}

const MARA = 0
const CHIARA = 2
const OWEN = 3
const JULE = 4
const HENRIKE = 9

export const PAST_MAILS: readonly PastMail[] = [
  {
    offset: -83,
    name: 'New timetable',
    segment: 'active-customers',
    subject: 'More early classes for you, {{ customer.first_name | default: "early bird" }}',
    html: `${greeting}<p>You asked for it: from Monday there is <strong>Vinyasa at 7:00</strong> on four mornings, and
      <strong>Reformer pilates</strong> twice at lunch.</p>
      <p><a href="${site('timetable')}">The whole timetable</a></p>${farewell}`,
    meant: ({ person: { habit } }, offset) => habit !== null && habit.first < offset - 30 && habit.last > offset - 30,
  },
  {
    offset: -75,
    name: 'Reformer at lunch',
    segment: 'loyalty-loyal',
    subject: 'Six euros for your lunch break',
    html: `${greeting}<p>The reformers are free at noon, and you know how they work: your next class with me is
      <strong>six euros</strong> less until the end of the holidays.</p>
      <p><a href="${site('reformer')}">Find an hour</a></p><p>Chiara</p>`,
    loyalty: { provider: CHIARA, reward: { kind: 'voucher', amount: 600, valid_days: 40 } },
    meant: (history, offset) => isLoyal(readings(history, CHIARA, offset).count),
  },
  {
    offset: -54,
    name: 'For those who never miss a class',
    segment: 'loyalty-top',
    subject: 'A quarter off, because you are always there',
    html: `${greeting}<p>Whenever I open the door, you are there already. Your next class with me costs
      <strong>25 % less</strong>; it counts by itself.</p>
      <p><a href="${site('timetable')}">My classes</a></p><p>Jule</p>`,
    loyalty: { provider: JULE, reward: { kind: 'voucher', percent: 25, ceiling: 800, valid_days: 30 } },
    meant: (history, offset) => isTop(history, JULE, offset),
  },
  {
    offset: -47,
    name: 'We saved you a place',
    segment: 'slipping-away',
    subject: 'We saved you a place',
    html: `${greeting}<p>It has been a while. If time is short: our <em>45-minute meditation</em> at noon fits into a
      lunch break, and the first one back is on us.</p>
      <p><a href="${site('welcome-back')}">Pick a day</a> or just answer this mail.</p>${farewell}`,
    meant: ({ person: { habit } }, offset) =>
      habit !== null && habit.first < offset - 14 && habit.last < offset - 14 && habit.last < 0,
  },
  {
    offset: -40,
    name: 'Time for a check-up',
    segment: 'loyalty-inactive',
    subject: 'Twenty minutes for your questions',
    html: `${greeting}<p>It has been a while since we talked. If something does not work as planned, take
      <strong>twenty minutes</strong> on me: they come off your next appointment by themselves.</p>
      <p><a href="${site('henrike')}">Find a time</a></p><p>Henrike Sölter</p>`,
    loyalty: { provider: HENRIKE, reward: { kind: 'free_minutes', minutes: 20, valid_days: 60 } },
    meant: (history, offset) => {
      const { count, last } = readings(history, HENRIKE, offset)
      return count >= 3 && last < offset - 30
    },
  },
  {
    offset: -26,
    name: 'Members’ evening',
    segment: 'active-members',
    subject: 'Thursday evening belongs to our members ✨',
    html: `${greeting}<h2>Members’ evening</h2><ul><li>Yin yoga by candlelight with Nadia</li>
      <li>Breathwork with Owen</li><li>Soup, tea and time to talk</li></ul>
      <p>Friends are welcome. <a href="${site('members-evening')}">Tell us that you are coming</a></p>${farewell}`,
    meant: ({ passes }, offset) =>
      passes.some(({ paidOn }) => paidOn.some((day) => day <= offset && offset - day < 31)),
  },
  {
    offset: -19,
    name: 'Thank you for coming so often',
    segment: 'loyalty-loyal',
    subject: 'A small thank-you, {{ customer.first_name | default: "dear regular" }}',
    html: `${greeting}<p>You are the reason why my mornings are full. Your next class with me is
      <strong>five euros</strong> less; nothing to show, it counts by itself.</p>
      <p><a href="${site('timetable')}">My classes</a></p><p>Mara</p>`,
    loyalty: { provider: MARA, reward: { kind: 'voucher', amount: 500, valid_days: 45 } },
    meant: (history, offset) => isLoyal(readings(history, MARA, offset).count),
  },
  {
    offset: -12,
    name: 'Breathe out',
    segment: 'loyalty-loyal',
    subject: 'Breathe out: one evening for a fifth less',
    html: `${greeting}<p>Breathwork on Fridays has room again. Until the end of the month your class with me costs
      <strong>20 % less</strong>.</p><p><a href="${site('breathwork')}">Fridays at six</a></p><p>Owen</p>`,
    loyalty: { provider: OWEN, reward: { kind: 'voucher', percent: 20, ceiling: 500, valid_days: 30 } },
    meant: (history, offset) => isLoyal(readings(history, OWEN, offset).count),
  },
  {
    offset: -9,
    name: 'Your first weeks with us',
    segment: 'new-customers',
    subject: 'Your first weeks: what most people ask us',
    html: `${greeting}<p>How nice that you have found us! Mats and blankets are here, the lockers need no coin, and
      showers are on the left.</p><p>The <a href="${site('starter')}">starter card</a> brings the next three classes
      for the price of two.</p>${farewell}`,
    meant: ({ person: { habit } }, offset) => habit !== null && habit.first <= offset && habit.first > offset - 30,
  },
  {
    offset: -4,
    name: 'How was it?',
    segment: 'loyalty-new',
    subject: 'How were your first classes?',
    html: `${greeting}<p>Your first weeks with me are over. If you liked them, the next class is
      <strong>three euros</strong> less.</p><p><a href="${site('timetable')}">My classes</a></p><p>Mara</p>`,
    loyalty: { provider: MARA, reward: { kind: 'voucher', amount: 300, valid_days: 21 } },
    meant: (history, offset) => {
      const { count, last } = readings(history, MARA, offset)
      return count > 0 && count <= 3 && last > offset - 45
    },
  },
]
