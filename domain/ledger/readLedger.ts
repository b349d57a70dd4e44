import { addDays, addMonths, type Day } from '../../rules/time.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { nameProvider } from '../providers/nameProvider.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Account, EntryKind } from './addEntries.ts'

/** An entry as a provider's account sees it. Ids of bookings and customers are the caller's. */
export type StatementLine = {
  id: number
  kind: EntryKind
  /** The entry that this one takes back. */
  reverses: number | null
  day: Day
  at: Date
  by: string | null
  customer: { id: string; name: string }
  booking: string
  startsAt: Date
  price: number
  /** Of a share: millionths of the price. */
  rate: number | null
  reward: number
  campaign: { id: number; name: string } | null
  /** What the provider gains; what is at their charge is negative. */
  amount: number
  lines: { account: Account; amount: number }[]
}

/** The sums of a provider's ledger, or of a month of it. */
export type Statement = {
  provider: { id: string; name: string }
  currency: string
  total: number
  opening: number
  discounts: number
  loyaltyRewards: number
  closing: number
}

/** The first and the last day of a month `2026-12`. */
function daysOf(month: string): { from: Day; to: Day } {
  const from = `${month}-01`
  return { from, to: addDays(addMonths(from, 1), -1) }
}

const within = (month: string | undefined): { sql: string; bindings: Day[] } => {
  if (month === undefined) return { sql: '', bindings: [] }
  const { from, to } = daysOf(month)
  return { sql: 'AND e.booked_on BETWEEN ? AND ?', bindings: [from, to] }
}

/**
 * The sums of a provider's ledger.
 *
 * @param month like `2026-12`; undefined for all of it
 */
export async function readStatement(db: Database, providerId: number, month: string | undefined): Promise<Statement> {
  const period = within(month)
  const sums = await rows<{ kind: EntryKind; count: number; sum: number }>(
    db,
    `SELECT e.kind, COUNT(*) AS count, SUM(l.amount) AS sum
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id AND l.account = 'provider'
     WHERE e.provider_id = ? ${period.sql} GROUP BY e.kind`,
    [providerId, ...period.bindings],
  )
  const of = (kind: EntryKind) => sums.find((one) => one.kind === kind)?.sum ?? 0
  const opening = month === undefined ? 0 : await sumBefore(db, providerId, daysOf(month).from)
  const [discounts, loyaltyRewards] = [of('discount'), of('loyalty_reward')]
  return {
    provider: await nameProvider(db, providerId),
    currency: (await readSettings(db)).currency,
    total: sums.reduce((total, { count }) => total + count, 0),
    ...{ opening, discounts, loyaltyRewards },
    closing: opening + discounts + loyaltyRewards,
  }
}

async function sumBefore(db: Database, providerId: number, day: Day): Promise<number> {
  const [row] = await rows<{ sum: number | null }>(
    db,
    `SELECT SUM(l.amount) AS sum
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id AND l.account = 'provider'
     WHERE e.provider_id = ? AND e.booked_on < ?`,
    [providerId, day],
  )
  return row?.sum ?? 0
}

/** The months in which something stands in a provider's ledger, newest first. */
export async function readMonths(
  db: Database,
  providerId: number,
): Promise<{ month: string; entries: number; discounts: number; loyaltyRewards: number }[]> {
  const found = await rows<{ month: string; entries: number; discounts: number; shares: number }>(
    db,
    `SELECT LEFT(CAST(e.booked_on AS CHAR), 7) AS month, COUNT(*) AS entries,
       SUM(CASE WHEN e.kind = 'discount' THEN l.amount ELSE 0 END) AS discounts,
       SUM(CASE WHEN e.kind = 'loyalty_reward' THEN l.amount ELSE 0 END) AS shares
     FROM ledger_entries e JOIN ledger_lines l ON l.entry_id = e.id AND l.account = 'provider'
     WHERE e.provider_id = ? GROUP BY month ORDER BY month DESC`,
    [providerId],
  )
  return found.map(({ shares: loyaltyRewards, ...rest }) => ({ ...rest, loyaltyRewards }))
}

type Row = Named & {
  id: number
  kind: EntryKind
  reverses_id: number | null
  booked_on: Day
  created_at: Date
  created_by: string | null
  customer_key: number
  booking_id: number
  booking: string | null
  starts_at: Date | null
  price: number
  rate: number | null
  reward_id: number
  campaign_id: number | null
  campaign_name: string | null
}

/** Which part of a ledger: newest first before an id, or oldest first after one. */
export type LedgerPage = { limit: number } & ({ before: number | null } | { after: number })

/** The entries of a provider's ledger, or of a month of it. Who was erased is shown by our number. */
export async function listEntries(
  db: Database,
  providerId: number,
  month: string | undefined,
  page: LedgerPage,
): Promise<StatementLine[]> {
  const period = within(month)
  const ascends = 'after' in page
  const edge = ascends ? page.after : page.before
  const found = await rows<Row>(
    db,
    `SELECT e.id, e.kind, e.reverses_id, e.booked_on, e.created_at, e.created_by, e.customer_id AS customer_key,
       e.booking_id, b.external_id AS booking, b.starts_at, e.price, e.rate, e.reward_id, e.campaign_id,
       m.name AS campaign_name, ${NAME_COLUMNS}
     FROM ledger_entries e LEFT JOIN bookings b ON b.id = e.booking_id LEFT JOIN customers g ON g.id = e.customer_id
       LEFT JOIN customers c ON c.id = COALESCE(g.merged_into, g.id)
       LEFT JOIN campaigns m ON m.id = e.campaign_id
     WHERE e.provider_id = ? ${period.sql} ${edge === null ? '' : `AND e.id ${ascends ? '>' : '<'} ?`}
     ORDER BY e.id ${ascends ? '' : 'DESC'} LIMIT ?`,
    [providerId, ...period.bindings, ...(edge === null ? [] : [edge]), page.limit],
  )
  const lines = await readLines(
    db,
    found.map(({ id }) => id),
  )
  return found.map((row) => toLine(row, lines.get(row.id) ?? []))
}

type Line = StatementLine['lines'][number] & { entry_id: number }

async function readLines(db: Database, entries: readonly number[]): Promise<Map<number, Line[]>> {
  if (entries.length === 0) return new Map()
  const found = await rows<Line>(
    db,
    'SELECT entry_id, account, amount FROM ledger_lines WHERE entry_id IN (?) ORDER BY entry_id, account',
    [[...entries]],
  )
  return Map.groupBy(found, ({ entry_id }) => entry_id)
}

function toLine(row: Row, lines: readonly Line[]): StatementLine {
  const isKnown = (row.external_id as string | null) !== null
  return {
    ...{ id: row.id, kind: row.kind, reverses: row.reverses_id, day: row.booked_on, at: row.created_at },
    by: row.created_by,
    customer: isKnown
      ? { id: row.external_id, name: customerName(row) }
      : { id: String(row.customer_key), name: String(row.customer_key) },
    booking: row.booking ?? String(row.booking_id),
    startsAt: row.starts_at ?? row.created_at,
    ...{ price: row.price, rate: row.rate, reward: row.reward_id },
    campaign: row.campaign_id === null ? null : { id: row.campaign_id, name: row.campaign_name ?? '' },
    amount: lines.find(({ account }) => account === 'provider')?.amount ?? 0,
    lines: lines.map(({ account, amount }) => ({ account, amount })),
  }
}
