import type { Happening, Trigger } from '../../../rules/automations/automation.ts'
import type { Occurrence } from '../../../rules/automations/fits.ts'
import { startOfDay } from '../../../rules/time.ts'
import { type Database, rows } from '../../database.ts'
import type { Cause } from '../../segments/applyChanges.ts'

/** Something of the past that happened to somebody; provider 0 where it is nothing between them and one provider. */
export type Happened = Occurrence & {
  customerId: number
  providerId: number
  /** Of a status: why it changed. Only what events, time or a hand have caused lets anybody enter. */
  cause?: Cause
}

type Kind = Happening['on']

type Row = {
  customer_id: number
  provider_id: number | null
  at: Date
  about: string | null
  service: string | null
  type: string | null
  answer: string | null
  from_status: string | null
  to_status: string | null
  cause?: Cause
}

const NOTHING = 'NULL AS about, NULL AS service, NULL AS type, NULL AS answer, NULL AS from_status, NULL AS to_status'

/**
 * Where the past is read from, as a SELECT with `x.at` in it. A booking is come to, or missed, when it is over; one that was
 * cancelled when that became known. What was loaded as history happened when it happened.
 */
const SOURCES: Readonly<Partial<Record<Kind, string>>> = {
  booking_made: booking('COALESCE(x.booked_at, LEAST(x.created_at, x.starts_at))', 'TRUE'),
  booking_attended: booking('x.starts_at + INTERVAL COALESCE(x.minutes, 0) MINUTE', "x.state = 'attended'"),
  booking_missed: booking('x.starts_at + INTERVAL COALESCE(x.minutes, 0) MINUTE', "x.state = 'no_show'"),
  booking_cancelled: booking('COALESCE(x.known_from, x.created_at)', "x.state = 'cancelled'"),
  tag_added: `SELECT x.customer_id, NULL AS provider_id, x.created_at AS at, x.tag AS about, NULL AS service, NULL AS type,
      NULL AS answer, NULL AS from_status, NULL AS to_status FROM customer_tags x
    UNION ALL SELECT x.customer_id, NULL, x.known_from, x.tag, NULL, NULL, NULL, NULL, NULL FROM customer_tags_history x`,
  survey_answered: `SELECT x.customer_id, NULL AS provider_id, x.answered_at AS at, x.survey AS about, NULL AS service,
      NULL AS type, x.answer, NULL AS from_status, NULL AS to_status FROM survey_answers x`,
  event: `SELECT x.customer_id, x.provider_id, x.at, x.name AS about, NULL AS service, NULL AS type, NULL AS answer,
      NULL AS from_status, NULL AS to_status FROM customer_events x`,
  status_changes: `SELECT x.customer_id, NULL AS provider_id, x.at, NULL AS about, NULL AS service, NULL AS type,
      NULL AS answer, x.from_status, x.to_status, x.cause FROM status_changes x`,
  reward_used: `SELECT x.customer_id, x.provider_id, x.used_at AS at, ${NOTHING} FROM rewards x WHERE x.used_at IS NOT NULL`,
}

function booking(at: string, which: string): string {
  return `SELECT x.customer_id, x.provider_id, ${at} AS at, NULL AS about, x.service, NULL AS type, NULL AS answer,
      NULL AS from_status, NULL AS to_status FROM bookings x WHERE x.deleted = 0 AND ${which}`
}

/** Kinds of happenings of which the past holds nothing: messages that were never sent were never read. */
export function isKnownOfThePast(on: Trigger['on']): boolean {
  const played = ['enters_segment', 'leaves_segment', 'membership_cancelled', 'date']
  return SOURCES[on as Kind] !== undefined || played.includes(on)
}

/**
 * What happened within a time, in its order.
 *
 * @param customers our ids; everybody when left out
 */
export async function happened(
  db: Database,
  on: Kind,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
  customers?: readonly number[],
): Promise<Happened[]> {
  const whom = customers === undefined ? '' : 'AND y.customer_id IN (?)'
  const bindings = (first: unknown, last: unknown) =>
    [first, last, ...(customers === undefined ? [] : [customers])] as never
  if (on === 'membership_cancelled') {
    const found = await rows<{ customer_id: number; provider_id: number | null; day: string; type: string | null }>(
      db,
      `SELECT y.customer_id, y.provider_id, y.cancelled_on AS day, y.type FROM memberships y
       WHERE y.deleted = 0 AND y.customer_id IS NOT NULL AND y.cancelled_on BETWEEN ? AND ? ${whom} ORDER BY day`,
      bindings(from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)),
    )
    return found
      .map(({ customer_id: customerId, provider_id, day, type }) => {
        return { customerId, providerId: provider_id ?? 0, at: startOfDay(day, timeZone), on, type }
      })
      .filter(({ at }) => at > from && at <= to)
  }
  const source = SOURCES[on]
  if (source === undefined) return []
  const found = await rows<Row>(
    db,
    `SELECT y.* FROM (${source}) y WHERE y.customer_id IS NOT NULL AND y.at > ? AND y.at <= ? ${whom} ORDER BY y.at`,
    bindings(from, to),
  )
  return found.map((row) => ({
    customerId: row.customer_id,
    providerId: row.provider_id ?? 0,
    at: row.at,
    on,
    service: row.service,
    type: row.type,
    ...(row.about === null ? {} : { about: row.about }),
    ...detailsOf(row),
  }))
}

const detailsOf = ({ answer, from_status: from, to_status: to, cause }: Row) => ({
  ...(cause === undefined ? {} : { cause }),
  ...(answer === null ? {} : { answer }),
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to }),
})

/** How often what may let somebody enter happened within a time, told apart by what may be asked of it. */
export async function countHappened(
  db: Database,
  on: Kind,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<(Occurrence & { count: number })[]> {
  const source = SOURCES[on]
  if (source === undefined) return (await happened(db, on, { from, to, timeZone })).map((it) => ({ ...it, count: 1 }))
  const found = await rows<Row & { n: number }>(
    db,
    `SELECT y.about, y.service, y.type, y.answer, y.from_status, y.to_status, COUNT(*) AS n FROM (${source}) y
     WHERE y.customer_id IS NOT NULL AND y.at > ? AND y.at <= ?
       ${on === 'status_changes' ? "AND y.cause IN ('event', 'time', 'by_hand')" : ''}
     GROUP BY y.about, y.service, y.type, y.answer, y.from_status, y.to_status`,
    [from, to],
  )
  return found.map((row) => ({
    at: from,
    on,
    service: row.service,
    type: row.type,
    ...(row.about === null ? {} : { about: row.about }),
    ...detailsOf(row),
    count: row.n,
  }))
}
