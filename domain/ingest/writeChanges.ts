import { type Database, rows } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import type { Thing } from './items.ts'
import { type Cell, type Change, columnsOf, type Row, type ThingTable } from './table.ts'

/**
 * Writes changed things: new ones and those that are there in one statement each for some hundred rows. Gives new rows
 * their ids.
 *
 * @throws ER_DUP_ENTRY when another request has just stored a thing that was new here, too: read again, then merge again
 */
export async function writeChanges<Item extends Thing>(
  trx: Database,
  table: ThingTable<Item>,
  changes: readonly Change[],
  now: Date,
): Promise<void> {
  const columns = columnsOf(table)
  const added = changes.filter(({ after }) => after.id === null).map(({ after }) => after)
  await insertRows(
    trx,
    table.name,
    [...columns, 'created_at', 'updated_at'],
    added.map((row) => [...cellsOf(table, row, columns), now, now]),
  )
  await readIds(trx, table.name, added)

  const changed = changes.filter(({ before }) => before?.id != null).map(({ after }) => after)
  const updates = [...columns, 'updated_at'].map((column) => `${column} = VALUES(${column})`)
  await insertRows(
    trx,
    table.name,
    // created_at stands for the insertion that never happens: the ids are there, and held by this transaction
    ['id', ...columns, 'created_at', 'updated_at'],
    changed.map((row) => [row.id, ...cellsOf(table, row, columns), now, now]),
    `ON DUPLICATE KEY UPDATE ${updates.join(', ')}`,
  )
}

/** Gives rows that were just inserted the numeric ids that they got. */
async function readIds(trx: Database, table: string, inserted: readonly Row[]): Promise<void> {
  if (inserted.length === 0) return
  const found = await rows<{ id: number; external_id: string }>(
    trx,
    `SELECT id, external_id FROM ${table} WHERE external_id IN (?)`,
    [inserted.map(({ externalId }) => externalId)],
  )
  const ids = new Map(found.map(({ id, external_id }) => [external_id, id]))
  for (const row of inserted) row.id = ids.get(row.externalId) ?? null
}

function cellsOf<Item extends Thing>(table: ThingTable<Item>, row: Row, columns: readonly string[]): Cell[] {
  return columns.map((column) => {
    if (column === 'external_id') return row.externalId
    if (column === 'source_updated_at') return row.version
    if (column === table.alive.column) return row.alive ? table.alive.yes : table.alive.no
    return row.cells[column] ?? null
  })
}
