import { BETWEEN, REMEMBERED, type RememberedTable } from '../../rules/compile/asOfTables.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import { type Database, rows } from '../database.ts'
import type { Days } from './days.ts'
import type { Subject } from './look.ts'

/** Something about a customer that became known, or ceased to be so, at an instant. */
type Event = { customer_id: number; at: Date }

type Period = { from: Date; to: Date }

/** How many ids of rows one statement spans. */
const SPAN = 200_000

const THINGS = ['bookings', 'memberships', 'payments', 'reviews', 'interactions'] as const
const PUT_ON = ['customer_tags', 'consents', 'favourites', 'suppressions', 'segment_overrides'] as const

/**
 * Tells of everybody about whom anything became known within some days, or ceased to be: they are evaluated on that day.
 * Each table is read once; what is told a second time does no harm.
 */
export async function tellChanges(
  db: Database,
  subject: Subject,
  { begin, ends }: Days,
  tell: (customer: number, at: Date) => void,
): Promise<void> {
  const period = { from: begin, to: ends.at(-1) ?? begin }
  const told = (events: readonly Event[]) => {
    for (const { customer_id, at } of events) tell(customer_id, at)
  }
  for (const table of THINGS) await thingChanges(db, table, period, told)
  for (const table of [...THINGS, ...PUT_ON]) told(await earlierVersions(db, table, period))
  for (const table of PUT_ON) {
    const { since } = REMEMBERED[table]
    told(await within(db, `SELECT x.customer_id, ${since} AS at FROM ${table} x`, period))
  }
  told(await within(db, BEGUN, period))
  told(await earlierVersions(db, 'customers', period))
  for (const arrival of ['x.known_from', 'x.created_at', 'x.joined_at']) {
    told(await within(db, `SELECT x.id AS customer_id, ${arrival} AS at FROM customers x`, period))
  }
  for (const step of ['queued_at', 'sent_at', 'delivered_at', 'opened_at', 'clicked_at', 'bounced_at']) {
    told(await within(db, `SELECT x.customer_id, x.${step} AS at FROM deliveries x`, period))
  }
  for (const step of ['created_at', 'used_at']) {
    told(await within(db, `SELECT x.customer_id, x.${step} AS at FROM rewards x`, period))
  }
  told(await ofProviders(db, period))
  told(await ofSegments(db, subject, period))
}

/** What has been known to be attended or missed since it began: until then it was booked. */
const BEGUN = `SELECT x.customer_id, x.starts_at AS at FROM bookings_history x WHERE x.state IN ('attended', 'no_show')`

const within = (db: Database, select: string, { from, to }: Period): Promise<Event[]> =>
  rows<Event>(db, `SELECT DISTINCT y.customer_id, y.at FROM (${select}) y WHERE y.at > ? AND y.at <= ?`, [from, to])

async function thingChanges(
  db: Database,
  table: (typeof THINGS)[number],
  { from, to }: Period,
  told: (events: readonly Event[]) => void,
): Promise<void> {
  const [last] = await rows<{ id: number | null }>(db, `SELECT MAX(id) AS id FROM ${table}`)
  const instants = [REMEMBERED[table].since]
  if (table === 'bookings') instants.push("CASE WHEN x.state IN ('attended', 'no_show') THEN x.starts_at END")
  for (let first = 0; first <= (last?.id ?? 0); first += SPAN) {
    for (const instant of instants) {
      const events = await rows<Event>(
        db,
        `SELECT x.customer_id, ${instant} AS at FROM ${table} x
         WHERE x.id BETWEEN ? AND ? AND x.customer_id IS NOT NULL AND ${instant} > ? AND ${instant} <= ?`,
        [first, first + SPAN - 1, from, to],
      )
      told(events)
    }
  }
}

/** Earlier versions began and ended. */
async function earlierVersions(
  db: Database,
  table: Exclude<RememberedTable, 'providers'>,
  period: Period,
): Promise<Event[]> {
  const parts = ['known_from', 'known_to'].map(
    (column) => `SELECT x.customer_id, x.${column} AS at FROM ${table}_history x`,
  )
  return within(db, parts.join(' UNION ALL '), period)
}

/** A provider who arrives or leaves concerns all who have to do with them. */
async function ofProviders(db: Database, { from, to }: Period): Promise<Event[]> {
  const turned = await rows<{ id: number; at: Date }>(
    db,
    `SELECT t.id, t.at FROM (
       SELECT id, known_from AS at FROM providers
       UNION ALL SELECT provider_id, known_from FROM providers_history
       UNION ALL SELECT provider_id, known_to FROM providers_history
     ) t WHERE t.at > ? AND t.at <= ?`,
    [from, to],
  )
  const events: Event[] = []
  for (const { id, at } of turned) {
    const parts = BETWEEN.map((table) => `SELECT customer_id FROM ${table} WHERE provider_id = ?`)
    const found = await rows<{ customer_id: number | null }>(db, parts.join(' UNION '), Array(parts.length).fill(id))
    events.push(...found.flatMap(({ customer_id }) => (customer_id === null ? [] : [{ customer_id, at }])))
  }
  return events
}

/** Segments that are asked for and whose past members are those of their transitions. */
async function ofSegments(db: Database, { rule }: Subject, { from, to }: Period): Promise<Event[]> {
  const keys = segmentsIn(rule).map(({ key }) => key)
  if (keys.length === 0) return []
  return rows<Event>(
    db,
    `SELECT t.customer_id, t.at FROM segment_transitions t JOIN segments s ON s.id = t.segment_id
     WHERE s.\`key\` IN (?) AND t.at > ? AND t.at <= ?`,
    [keys, from, to],
  )
}
