import { type Database, execute } from '../database.ts'
import { forgetCustomers } from '../history/forget.ts'
import { readConsents, writeConsents } from './consents.ts'
import type { IngestedCustomer, Placed } from './items.ts'
import { lockRows } from './lockRows.ts'
import { type Merged, mergeItems } from './mergeItems.ts'
import type { Readers } from './table.ts'
import { CUSTOMERS } from './tables.ts'
import { writeChanges } from './writeChanges.ts'

/** Stores customers with their consents. Of a deleted one nothing stays but the id that facts and suppressions hang on. */
export async function storeCustomers(
  trx: Database,
  items: readonly Placed<IngestedCustomer>[],
  read: Readers,
  now: Date,
): Promise<Merged> {
  const stored = await lockRows(
    trx,
    CUSTOMERS,
    items.map(({ item }) => item.id),
  )
  await readConsents(trx, stored.values())
  const merged = mergeItems(CUSTOMERS, stored, items, read)
  await writeChanges(trx, CUSTOMERS, merged.changes, now)
  await writeConsents(trx, merged.changes, now)

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
