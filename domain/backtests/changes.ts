import { MET } from '../../rules/compile/asOf.ts'
import { BETWEEN, REMEMBERED, type RememberedTable } from '../../rules/compile/asOfTables.ts'
import type { Rule } from '../../rules/rule.ts'
import { segmentsIn } from '../../rules/segmentsIn.ts'
import { type Database, rows } from '../database.ts'
import type { Days } from './days.ts'
import { readsOf, type Subject } from './look.ts'

/** Something about a customer that became known, or ceased to be so, at an instant. */
type Event = { customer_id: number; at: Date }

type Period = { from: Date; to: Date }

/** How many ids of rows one statement spans. */
const SPAN = 200_000

const THINGS = ['bookings', 'memberships', 'payments', 'reviews', 'interactions'] as const
const DECIDED = ['suppressions', 'segment_overrides'] as const
/** Tables that keep no earlier versions, with the instants at which anything happened to a row. */
const DATED = {
  deliveries: ['queued_at', 'sent_at', 'delivered_at', 'opened_at', 'clicked_at', 'bounced_at'],
  rewards: ['created_at', 'activated_at', 'used_at', 'given_back_at'],
  survey_answers: ['answered_at', 'replaced_at'],
} as const

/**
 * Tells of everybody about whom anything that the rule asks for became known within some days, or ceased to be: they are
 * evaluated on that day. Each table is read once; what is told a second time does no harm.
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
  const { reads, segments } = await readsOf(db, subject, period.to)
  // whose customer somebody is may depend on anything between the two
  const read = <Table extends string>(tables: readonly Table[]) =>
    tables.filter((table) => subject.scope === 'provider' || reads.has(table as never))
  for (const table of read(THINGS)) await thingChanges(db, table, period, told)
  const puts = [...read(['customer_tags', 'consents', 'favourites'] as const), ...DECIDED]
  for (const table of [...read(THINGS), ...puts]) told(await earlierVersions(db, table, period))
  for (const table of puts) {
    const { since } = REMEMBERED[table]
    told(await within(db, `SELECT x.customer_id, ${since} AS at FROM ${table} x`, period))
  }
  if (read(['bookings']).length > 0) told(await within(db, BEGUN, period))
  for (const [table, instants] of Object.entries(DATED)) {
    for (const instant of read([table]).length > 0 ? instants : []) {
      told(await within(db, `SELECT x.customer_id, x.${instant} AS at FROM ${table} x`, period))
    }
  }
  await tellArrivals(db, period, told)
  told(await ofProviders(db, period))
  told(await ofSegments(db, subject.rule, segments, period))
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

/** Customers change, and become known: when their row is made, when they joined, or when anything happens with them. */
async function tellArrivals(db: Database, period: Period, told: (events: readonly Event[]) => void): Promise<void> {
  told(await earlierVersions(db, 'customers', period))
  for (const arrival of ['x.known_from', 'x.created_at', 'x.joined_at']) {
    told(await within(db, `SELECT x.id AS customer_id, ${arrival} AS at FROM customers x`, period))
  }
  for (const [table, when] of MET) {
    const late = 'c.created_at > ? AND COALESCE(c.joined_at > ?, TRUE)'
    told(
      await rows<Event>(
        db,
        `SELECT c.id AS customer_id, ${when} AS at FROM customers c JOIN ${table} q ON q.customer_id = c.id
         WHERE ${late} AND ${when} > ? AND ${when} <= ?`,
        [period.from, period.from, period.from, period.to],
      ),
    )
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

/** Segments that are asked for, also by others, and whose past members are those of their transitions. */
async function ofSegments(
  db: Database,
  rule: Rule,
  segments: ReadonlyMap<string, { rule: Rule }>,
  { from, to }: Period,
): Promise<Event[]> {
  const asked = new Set<string>()
  const collect = (within: Rule): void => {
    for (const { key } of segmentsIn(within)) {
      const segment = segments.get(key)
      if (asked.has(key) || segment === undefined) continue
      asked.add(key)
      collect(segment.rule)
    }
  }
  collect(rule)
  if (asked.size === 0) return []
  return rows<Event>(
    db,
    `SELECT t.customer_id, t.at FROM segment_transitions t JOIN segments s ON s.id = t.segment_id
     WHERE s.\`key\` IN (?) AND t.at > ? AND t.at <= ?`,
    [[...asked], from, to],
  )
}
