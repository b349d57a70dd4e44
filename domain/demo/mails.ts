import type { History } from './ledger.ts'

/** A campaign of the past: when it went, to whom, and what it said. */
export type PastMail = {
  /** Days from today. */
  offset: number
  name: string
  segment: string
  subject: string
  html: string
  /** Whether somebody was in the segment on that day, as far as the demo's habits tell. */
  meant(history: History, offset: number): boolean
}

const site = (page: string) => `https://studio-wolkenhof.test/${page}`

const greeting = '<p>Hello {{ customer.first_name | default: "there" }},</p>'
const farewell = '<p>See you on the mat 🧘‍♀️<br>Mara and everybody at Studio Wolkenhof</p>'

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
    offset: -9,
    name: 'Your first weeks with us',
    segment: 'new-customers',
    subject: 'Your first weeks: what most people ask us',
    html: `${greeting}<p>How nice that you have found us! Mats and blankets are here, the lockers need no coin, and
      showers are on the left.</p><p>The <a href="${site('starter')}">starter card</a> brings the next three classes
      for the price of two.</p>${farewell}`,
    meant: ({ person: { habit } }, offset) => habit !== null && habit.first <= offset && habit.first > offset - 30,
  },
]
