import { type Database, execute } from '../database.ts'
import { erasedAmong } from '../erasure/erasedAddresses.ts'
import { forgetCustomers } from '../history/forget.ts'
import { heedMerges, standingOf } from '../merge/refusedItems.ts'
import { suppress } from '../suppressions/suppress.ts'
import { readConsents, writeConsents } from './consents.ts'
import type { IngestedCustomer, Placed } from './items.ts'
import { lockRows } from './lockRows.ts'
import { type Merged, mergeItems } from './mergeItems.ts'
import type { Change, Readers } from './table.ts'
import { CUSTOMERS } from './tables.ts'
import { writeChanges } from './writeChanges.ts'

/** Stores customers with their consents. Of a deleted one nothing stays but the id that facts and suppressions hang on. */
export async function storeCustomers(
  trx: Database,
  items: readonly Placed<IngestedCustomer>[],
  read: Readers,
  now: Date,
): Promise<Merged> {
  const standing = await standingOf(
    trx,
    items.map(({ item }) => item.id),
  )
  const { erased } = standing
  const living = items.filter(({ item }) => !erased.has(item.id))
  const current = heedMerges(living, standing)
  const stored = await lockRows(
    trx,
    CUSTOMERS,
    current.map(({ item }) => item.id),
  )
  await readConsents(trx, stored.values())
  const merged = mergeItems(CUSTOMERS, stored, current, read)
  // what a merge has decided about is taken in, too
  merged.taken += living.length - current.length
  for (const { index, item } of items) {
    if (!erased.has(item.id)) continue
    merged.errors.push({ index, field: 'id', message: `The customer ${item.id} was erased here and stays so` })
  }
  await writeChanges(trx, CUSTOMERS, merged.changes, now)
  await writeConsents(trx, merged.changes, now)

  await suppressErased(trx, merged.changes, now)

  const gone = merged.changes.flatMap(({ before, after }) =>
    before?.alive === true && !after.alive && after.id !== null ? [after.id] : [],
  )
  if (gone.length > 0) {
    await execute(trx, 'DELETE FROM customer_tags WHERE customer_id IN (?)', [gone])
    await execute(
      trx,
      `UPDATE customers SET status = 'lead', automatic_status = 'lead', status_by_hand = FALSE, status_set_at = NULL,
         status_set_by = NULL, status_automation_id = NULL WHERE id IN (?)`,
      [gone],
    )
    await forgetCustomers(trx, gone)
  }
  return merged
}

/** An address whose owner was erased may come back with another identifier: nobody writes to it until they ask for it. */
async function suppressErased(trx: Database, changes: readonly Change[], now: Date): Promise<void> {
  const changed = changes.filter(({ before, after }) => before?.cells.email !== after.cells.email)
  const emails = changed.flatMap(({ after }) => (typeof after.cells.email === 'string' ? [after.cells.email] : []))
  const erased = await erasedAmong(trx, emails)
  for (const { after } of changed) {
    if (after.id === null || !erased.has(String(after.cells.email))) continue
    const key = { customerId: after.id, providerId: 0, channel: 'email' as const, kind: 'all' as const }
    await suppress(trx, key, { reason: 'unsubscribed', source: 'erased before' }, now)
  }
}
