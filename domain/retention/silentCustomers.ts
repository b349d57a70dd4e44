import type { Knex } from 'knex'
import type { Day } from '../../rules/time.ts'
import { addMonths } from '../../rules/time.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { PENDING } from './pending.ts'
import type { Before } from './periods.ts'
import { COUNTED } from './removal.ts'

/** Whoever came here less than so many days ago stays, however old their last visit is: their history may still be on its way. */
const SETTLES_DAYS = 30
const DAY = 86_400_000
/** So many customers are looked at with one statement. */
const CHUNK = 2_000

/** Why somebody is not erased whose period is over. */
export const HOLDS = ['reward', 'ledger', 'delivery'] as const
export type Hold = (typeof HOLDS)[number]

/** The moment of a night: by its days it is decided what is still open. */
export type Night = { now: Date; today: Day }

type Sql = { sql: string; bindings: Knex.RawBinding[] }

/** What somebody did, or what was done with them, with the columns that say when. `deleted` facts count for nothing. */
const ACTIVITY: readonly (readonly [table: string, instants: readonly string[], also?: string])[] = [
  ['bookings', ['starts_at', 'booked_at'], 'x.deleted = 0'],
  ['payments', ['paid_at'], 'x.deleted = 0'],
  ['reviews', ['reviewed_at'], 'x.deleted = 0'],
  ['interactions', ['at'], 'x.deleted = 0'],
  ['customer_events', ['at']],
  ['customer_notes', ['created_at', 'edited_at']],
  ['survey_answers', ['answered_at']],
  ['consents', ['at']],
  ['consent_events', ['at']],
  ['favourites', ['created_at']],
  ['push_subscriptions', ['created_at']],
  ['redemptions', ['redeemed_at']],
  ['suppressions', ['created_at']],
  // what machines open is in columns of its own
  ['deliveries', ['opened_at', 'clicked_at', 'unsubscribed_at', 'complained_at'], 'x.test = 0'],
]

const WITHIN = 'x.customer_id > ? AND x.customer_id <= ?'

/** Our ids of a stretch of customers: behind the first one, up to the last one. */
type Stretch = { after: number; last: number }

/**
 * Which customers (`c`) of a stretch nobody has heard of since an instant: no activity of any kind from then on, and none to
 * come. Each table is asked for the stretch only: however a server puts the question to itself, it reads no more than that.
 */
function silentSql({ at, on }: Before, { now }: Night, { after, last }: Stretch): Sql {
  const parts = [
    'c.id > ? AND c.id <= ?',
    'c.known = 1',
    'c.erased_at IS NULL',
    'c.created_at < ?',
    'COALESCE(c.joined_at, c.created_at) < ?',
  ]
  const bindings: Knex.RawBinding[] = [after, last, new Date(now.getTime() - SETTLES_DAYS * DAY), at]
  for (const [table, instants, also] of ACTIVITY) {
    const since = instants.map((column) => `x.${column} >= ?`).join(' OR ')
    const more = also === undefined ? '' : ` AND ${also}`
    parts.push(`NOT EXISTS (SELECT 1 FROM ${table} x WHERE x.customer_id = c.id AND ${WITHIN}${more} AND (${since}))`)
    bindings.push(after, last, ...instants.map(() => at))
  }
  // one without an end goes on
  parts.push(`NOT EXISTS (SELECT 1 FROM memberships x WHERE x.customer_id = c.id AND ${WITHIN} AND x.deleted = 0
    AND (x.valid_to IS NULL OR x.valid_to >= ? OR x.valid_from >= ? OR x.cancelled_on >= ?))`)
  bindings.push(after, last, on, on, on)
  return { sql: parts.join(' AND '), bindings }
}

/** What is still open with a customer (`c`): a reward they can use, a month of the ledger that may be put right, a message. */
function holdsSql({ today }: Night): Record<Hold, Sql> {
  const openMonth = `${addMonths(today, -1).slice(0, 7)}-01`
  return {
    reward: {
      sql: `EXISTS (SELECT 1 FROM rewards x WHERE x.customer_id = c.id AND x.state IN ('reserved', 'active') AND x.valid_to >= ?)`,
      bindings: [today],
    },
    ledger: {
      sql: 'EXISTS (SELECT 1 FROM ledger_entries x WHERE x.customer_id = c.id AND x.booked_on >= ?)',
      bindings: [openMonth],
    },
    delivery: {
      sql: `EXISTS (SELECT 1 FROM deliveries x WHERE x.customer_id = c.id AND x.test = 0
        AND x.state IN (${PENDING.map(() => '?').join(', ')}))`,
      bindings: [...PENDING],
    },
  }
}

/** Somebody whose period is over, with what is still open. */
export type Silent = { id: number; name: string; customer: string; holds: Hold[] }

type Row = Named & { id: number } & Record<Hold, number>

/**
 * Those of a stretch of customers whose period is over.
 *
 * @param after our id; the stretch begins behind it
 * @returns them, and the last id of the stretch; null at the end
 */
export async function silentAfter(
  db: Database,
  after: number,
  before: Before,
  night: Night,
): Promise<{ silent: Silent[]; last: number | null }> {
  const ids = await rows<{ id: number }>(db, 'SELECT id FROM customers WHERE id > ? ORDER BY id LIMIT ?', [
    after,
    CHUNK,
  ])
  const last = ids.at(-1)?.id
  if (last === undefined) return { silent: [], last: null }
  return { silent: await find(db, { after, last }, before, night), last }
}

/** Somebody, if their period is over; held until the transaction ends. */
export async function stillSilent(trx: Database, id: number, before: Before, night: Night): Promise<Silent | null> {
  await rows(trx, 'SELECT id FROM customers WHERE id = ? FOR UPDATE', [id])
  const [found] = await find(trx, { after: id - 1, last: id }, before, night)
  return found ?? null
}

async function find(db: Database, stretch: Stretch, before: Before, night: Night): Promise<Silent[]> {
  const silent = silentSql(before, night, stretch)
  const holds = holdsSql(night)
  const found = await rows<Row>(
    db,
    `SELECT c.id, ${NAME_COLUMNS}, ${HOLDS.map((hold) => `${holds[hold].sql} AS ${hold}`).join(', ')}
     FROM customers c WHERE ${silent.sql} ORDER BY c.id`,
    [...HOLDS.flatMap((hold) => holds[hold].bindings), ...silent.bindings],
  )
  return found.map((row) => ({
    id: row.id,
    customer: row.external_id,
    name: customerName(row),
    holds: HOLDS.filter((hold) => row[hold] === 1),
  }))
}

/** How many customers would go, and who stays though their period is over. */
export type SilentCount = {
  count: number
  more: boolean
  held: Record<Hold, number>
  /** Some of those who would go. */
  examples: { id: string; name: string }[]
}

const EXAMPLES = 5

/** Counts them, and erases nobody. Who is held for several reasons counts for each. */
export async function countSilent(db: Database, before: Before, night: Night): Promise<SilentCount> {
  const counted: SilentCount = { count: 0, more: false, held: { reward: 0, ledger: 0, delivery: 0 }, examples: [] }
  for (let after: number | null = 0; after !== null; ) {
    const { silent, last } = await silentAfter(db, after, before, night)
    for (const { customer, name, holds } of silent) {
      for (const hold of holds) counted.held[hold] += 1
      if (holds.length > 0) continue
      counted.count += 1
      if (counted.examples.length < EXAMPLES) counted.examples.push({ id: customer, name })
    }
    after = last
    if (counted.count >= COUNTED) return { ...counted, more: true }
  }
  return counted
}
