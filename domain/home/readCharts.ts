import { addDays, type Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import type { Moment } from '../segments/moment.ts'
import { boundsOf, daysOf } from '../segments/period.ts'
import { bucketBounds, bucketSql, sizeOverTime } from '../segments/sizeOverTime.ts'

/** Four weeks, each with all its weekdays: today is the last day. */
const DAYS = 28
/** The segment whose size says how the business is doing. */
const ACTIVE = 'active-customers'

export type Charts = {
  /** How many came on each day; `before` is the sum of the four weeks before. */
  visits: { days: { day: Day; attended: number }[]; total: number; before: number }
  /** How many are active at the end of each day; null when there is no such segment, and for a provider. */
  active: { days: { day: Day; members: number }[] } | null
  /** Messages by the day on which they were made, and what became of them. */
  messages: {
    days: { day: Day; sent: number; returned: number }[]
    sent: number
    returned: number
    opened: number
    clicked: number
  }
}

/**
 * What the pictures of the home page are drawn from: the last four weeks.
 *
 * @param providerId only what is this provider's; the whole business's when null
 */
export async function readCharts(db: Database, providerId: number | null, moment: Moment): Promise<Charts> {
  const days = daysOf({ from: addDays(moment.today, 1 - DAYS), to: moment.today })
  const [visits, active, messages] = await Promise.all([
    readVisits(db, providerId, days),
    providerId === null ? readActive(db, days, moment) : null,
    readMessages(db, providerId, days, moment),
  ])
  return { visits, active, messages }
}

async function readVisits(db: Database, providerId: number | null, days: readonly Day[]): Promise<Charts['visits']> {
  const [first = '', last = ''] = [days[0], days.at(-1)]
  const found = await rows<{ day: Day; attended: number }>(
    db,
    `SELECT DATE_FORMAT(starts_on, '%Y-%m-%d') AS day, COUNT(*) AS attended FROM bookings
     WHERE starts_on >= ? AND starts_on <= ? AND deleted = 0 AND state = 'attended'
       ${providerId === null ? '' : 'AND provider_id = ?'}
     GROUP BY starts_on`,
    [addDays(first, -DAYS), last, ...(providerId === null ? [] : [providerId])],
  )
  const on = new Map(found.map(({ day, attended }) => [day, attended]))
  const sum = (some: readonly Day[]) => some.reduce((total, day) => total + (on.get(day) ?? 0), 0)
  return {
    days: days.map((day) => ({ day, attended: on.get(day) ?? 0 })),
    total: sum(days),
    before: sum(days.map((day) => addDays(day, -DAYS))),
  }
}

async function readActive(db: Database, days: readonly Day[], { now }: Moment): Promise<Charts['active']> {
  const [there] = await rows(db, 'SELECT 1 FROM segments WHERE `key` = ?', [ACTIVE])
  if (there === undefined) return null
  const size = await sizeOverTime(db, ACTIVE, { from: days[0], to: days.at(-1) }, now)
  return { days: size.days.map(({ day, members }) => ({ day, members })) }
}

type MessageSums = { day: number; sent: string; returned: string; opened: string; clicked: string }

async function readMessages(
  db: Database,
  providerId: number | null,
  days: readonly Day[],
  { timeZone }: Moment,
): Promise<Charts['messages']> {
  const { begin, end } = boundsOf({ from: days[0] ?? '', to: days.at(-1) ?? '' }, { timeZone })
  const found = await rows<MessageSums>(
    db,
    `SELECT ${bucketSql(days.length, 0, 'd.queued_at')} AS day, SUM(d.state IN ('sent', 'delivered', 'bounced')) AS sent,
       SUM(d.state = 'bounced') AS returned, COUNT(d.opened_at) AS opened, COUNT(d.clicked_at) AS clicked
     FROM deliveries d ${providerId === null ? '' : 'JOIN campaigns m ON m.id = d.campaign_id AND m.provider_id = ?'}
     WHERE d.queued_at >= ? AND d.queued_at < ? AND NOT d.test GROUP BY day`,
    [...bucketBounds(days, timeZone), ...(providerId === null ? [] : [providerId]), begin, end],
  )
  const on = new Map(found.map((sums) => [Number(sums.day), sums]))
  const all = days.map((day, index) => {
    const sums = on.get(index)
    return {
      day,
      sent: Number(sums?.sent ?? 0),
      returned: Number(sums?.returned ?? 0),
      opened: Number(sums?.opened ?? 0),
      clicked: Number(sums?.clicked ?? 0),
    }
  })
  const sum = (of: 'sent' | 'returned' | 'opened' | 'clicked') => all.reduce((total, one) => total + one[of], 0)
  return {
    days: all.map(({ day, sent, returned }) => ({ day, sent, returned })),
    sent: sum('sent'),
    returned: sum('returned'),
    opened: sum('opened'),
    clicked: sum('clicked'),
  }
}
