import { addDays, startOfDay } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import type { Moment } from '../segments/moment.ts'
import type { Status } from '../statuses/status.ts'

/** What has changed since the beginning of yesterday, in the business's time zone. */
export type Changes = {
  since: Date
  /** Customers who were added; of a provider: whose first booking with them began. */
  customers: number
  bookings: {
    /** Made since, of those from yesterday on. */
    made: number
    cancelled: number
    /** Of yesterday and today. */
    attended: number
    noShow: number
    /** Still to come today. */
    today: number
  }
  /** None for a provider: a status belongs to the whole business. */
  statuses: { from: Status; to: Status; count: number }[]
  /** Those with the largest movement. */
  segments: { id: string; name: string; members: number; entered: number; left: number }[]
}

/** So many segments are named. */
const NAMED = 6
/** What is no news of the customers themselves. */
const COMPUTED = ['initial', 'rule_change', 'historical'] as const

/**
 * What has changed since yesterday.
 *
 * @param providerId only what is this provider's; the whole business's when null
 */
export async function readChanges(db: Database, providerId: number | null, moment: Moment): Promise<Changes> {
  const since = startOfDay(addDays(moment.today, -1), moment.timeZone)
  const [customers, bookings, statuses, segments] = await Promise.all([
    countCustomers(db, providerId, since, moment),
    countBookings(db, providerId, since, moment),
    providerId === null ? countStatuses(db, since) : [],
    movedSegments(db, providerId, since),
  ])
  return { since, customers, bookings, statuses, segments }
}

async function countCustomers(db: Database, providerId: number | null, since: Date, { now }: Moment): Promise<number> {
  const [row] =
    providerId === null
      ? await rows<{ count: number }>(
          db,
          'SELECT COUNT(*) AS count FROM customers WHERE known = 1 AND created_at >= ? AND created_at <= ?',
          [since, now],
        )
      : await rows<{ count: number }>(
          db,
          `SELECT COUNT(*) AS count FROM relationships
           WHERE provider_id = ? AND first_booking_at >= ? AND first_booking_at <= ?`,
          [providerId, since, now],
        )
  return row?.count ?? 0
}

type BookingSums = Record<'made' | 'cancelled' | 'attended' | 'no_show' | 'today', string | null>

async function countBookings(
  db: Database,
  providerId: number | null,
  since: Date,
  { now, today, timeZone }: Moment,
): Promise<Changes['bookings']> {
  const tomorrow = startOfDay(addDays(today, 1), timeZone)
  // what was made since yesterday begins then or later, but for what is entered afterwards
  const [sums] = await rows<BookingSums>(
    db,
    `SELECT SUM(state <> 'cancelled' AND booked_at >= ? AND booked_at <= ?) AS made,
       SUM(state = 'attended' AND starts_on <= ?) AS attended, SUM(state = 'no_show' AND starts_on <= ?) AS no_show
     FROM bookings WHERE starts_on >= ? AND deleted = 0${ofProvider(providerId)}`,
    [since, now, today, today, addDays(today, -1), ...(providerId === null ? [] : [providerId])],
  )
  const [coming] = await rows<{ today: number }>(
    db,
    `SELECT COUNT(*) AS today FROM bookings
     WHERE starts_on = ? AND deleted = 0 AND state = 'booked' AND starts_at >= ? AND starts_at < ?${ofProvider(providerId)}`,
    [today, now, tomorrow, ...(providerId === null ? [] : [providerId])],
  )
  const [calledOff] = await rows<{ cancelled: number }>(
    db,
    // left to itself the server reads every booking that there is: it does not know how few of them are called off
    `SELECT COUNT(*) AS cancelled FROM bookings${providerId === null ? ' FORCE INDEX (bookings_day)' : ''}
     WHERE starts_on >= ? AND deleted = 0 AND state = 'cancelled' AND updated_at >= ?${ofProvider(providerId)}`,
    [addDays(today, -1), since, ...(providerId === null ? [] : [providerId])],
  )
  return {
    made: Number(sums?.made ?? 0),
    cancelled: calledOff?.cancelled ?? 0,
    attended: Number(sums?.attended ?? 0),
    noShow: Number(sums?.no_show ?? 0),
    today: coming?.today ?? 0,
  }
}

const ofProvider = (providerId: number | null): string => (providerId === null ? '' : ' AND provider_id = ?')

async function countStatuses(db: Database, since: Date): Promise<Changes['statuses']> {
  return rows(
    db,
    `SELECT from_status AS \`from\`, to_status AS \`to\`, COUNT(*) AS count FROM status_changes
     WHERE at >= ? AND cause NOT IN (?) GROUP BY from_status, to_status ORDER BY count DESC`,
    [since, [...COMPUTED]],
  )
}

async function movedSegments(db: Database, providerId: number | null, since: Date): Promise<Changes['segments']> {
  const segments = await rows<{ number: number; id: string; name: string }>(
    db,
    'SELECT id AS number, `key` AS id, name FROM segments WHERE scope = ?',
    [providerId === null ? 'business' : 'provider'],
  )
  if (segments.length === 0) return []
  // The segments are named: joined to them, the server would read all that ever happened in each, and not what is since then.
  const moved = await rows<{ number: number; entered: string; left_it: string }>(
    db,
    `SELECT segment_id AS number, SUM(entered = 1) AS entered, SUM(entered = 0) AS left_it
     FROM segment_transitions
     WHERE segment_id IN (?) AND at >= ? AND cause NOT IN (?)${ofProvider(providerId)}
     GROUP BY segment_id ORDER BY COUNT(*) DESC, segment_id LIMIT ?`,
    [segments.map(({ number }) => number), since, [...COMPUTED], ...(providerId === null ? [] : [providerId]), NAMED],
  )
  const byNumber = new Map(segments.map((segment) => [segment.number, segment]))
  const found = moved.flatMap((one) => {
    const segment = byNumber.get(one.number)
    return segment === undefined ? [] : [{ ...one, ...segment }]
  })
  return Promise.all(
    found.map(async ({ number, id, name, entered, left_it }) => {
      const [size] = await rows<{ members: number }>(
        db,
        `SELECT COUNT(*) AS members FROM segment_members WHERE segment_id = ?${ofProvider(providerId)}`,
        [number, ...(providerId === null ? [] : [providerId])],
      )
      return { id, name, members: size?.members ?? 0, entered: Number(entered), left: Number(left_it) }
    }),
  )
}
