import type { Day } from '../../rules/time.ts'
import { type Database, execute, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { chunksOf } from '../segments/applyChanges.ts'

/** Whose money it is. */
export type Account = 'provider' | 'customer' | 'business'

export type EntryKind = 'discount' | 'loyalty_reward'

/** An entry to write; the amounts are what each account gains, in minor units, and sum to zero. */
export type NewEntry = {
  /** What it is written for. Nothing has two entries: the second is refused with ER_DUP_ENTRY. */
  reference: string
  kind: EntryKind
  providerId: number
  customerId: number
  bookingId: number
  rewardId: number
  campaignId: number | null
  /** What it was reckoned from. */
  price: number
  /** Of a share: millionths. */
  rate: number | null
  lines: ReadonlyArray<readonly [account: Account, amount: number]>
}

/** When something is written to the ledger, by whom, and in which currency. `today` is the local day. */
export type Posting = { now: Date; today: Day; currency: string; by: string | null }

/** Adds entries with their lines, in the caller's transaction. */
export async function addEntries(trx: Database, entries: readonly NewEntry[], posting: Posting): Promise<void> {
  for (const { reference, lines } of entries) {
    const sum = lines.reduce((total, [, amount]) => total + amount, 0)
    if (sum !== 0) throw new Error(`The lines of ${reference} sum to ${sum}`)
  }
  const { now, today, currency, by } = posting
  await insertRows(
    trx,
    'ledger_entries',
    [
      ...['reference', 'kind', 'provider_id', 'customer_id', 'booking_id', 'reward_id', 'campaign_id'],
      ...['price', 'rate', 'currency', 'booked_on', 'created_at', 'created_by'],
    ],
    entries.map((entry) => [
      ...[entry.reference, entry.kind, entry.providerId, entry.customerId, entry.bookingId, entry.rewardId],
      ...[entry.campaignId, entry.price, entry.rate, currency, today, now, by],
    ]),
  )
  const ids = await idsOf(
    trx,
    entries.map(({ reference }) => reference),
  )
  await insertRows(
    trx,
    'ledger_lines',
    ['entry_id', 'account', 'amount'],
    entries.flatMap(({ reference, lines }) =>
      lines.map(([account, amount]) => [ids.get(reference) ?? 0, account, amount]),
    ),
  )
}

async function idsOf(trx: Database, references: readonly string[]): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const chunk of chunksOf(references)) {
    const sql = 'SELECT id, reference FROM ledger_entries WHERE reference IN (?)'
    const found = await rows<{ id: number; reference: string }>(trx, sql, [chunk])
    for (const { id, reference } of found) ids.set(reference, id)
  }
  return ids
}

/**
 * Adds the opposite of entries that stand. An entry is reversed once: the second time is refused with ER_DUP_ENTRY.
 *
 * @param references of the entries to reverse
 */
export async function reverseEntries(trx: Database, references: readonly string[], posting: Posting): Promise<void> {
  const { now, today, by } = posting
  for (const chunk of chunksOf(references)) {
    await execute(
      trx,
      `INSERT INTO ledger_entries (reference, kind, provider_id, customer_id, booking_id, reward_id, campaign_id, price,
         rate, currency, reverses_id, booked_on, created_at, created_by)
       SELECT CONCAT('reversal:', e.id), e.kind, e.provider_id, e.customer_id, e.booking_id, e.reward_id, e.campaign_id,
         e.price, e.rate, e.currency, e.id, ?, ?, ?
       FROM ledger_entries e WHERE e.reference IN (?) ORDER BY e.id`,
      [today, now, by, chunk],
    )
    await execute(
      trx,
      `INSERT INTO ledger_lines (entry_id, account, amount)
       SELECT v.id, l.account, -l.amount
       FROM ledger_entries e JOIN ledger_entries v ON v.reverses_id = e.id JOIN ledger_lines l ON l.entry_id = e.id
       WHERE e.reference IN (?)`,
      [chunk],
    )
  }
}
