import type { Database } from '../database.ts'
import type { Placed, Thing } from './items.ts'
import { lockRows } from './lockRows.ts'
import { type Merged, mergeItems } from './mergeItems.ts'
import type { References } from './references.ts'
import type { Readers, ThingTable } from './table.ts'
import { writeChanges } from './writeChanges.ts'

/** Stores the items of one kind: holds the things, merges, makes rows for those named that have none, writes. */
export async function storeTable<Item extends Thing>(
  trx: Database,
  table: ThingTable<Item>,
  items: readonly Placed<Item>[],
  read: Readers,
  now: Date,
  named: readonly References[] = [],
): Promise<Merged> {
  const stored = await lockRows(
    trx,
    table,
    items.map(({ item }) => item.id),
  )
  const merged = mergeItems(table, stored, items, read)
  for (const references of named) await references.settle(trx, merged.changes, now)
  await writeChanges(trx, table, merged.changes, now)
  return merged
}
