import { type Database, rows } from '../database.ts'
import { normaliseAttributes } from './attributes.ts'
import type { Thing } from './items.ts'
import { type Cell, type Cells, columnsOf, type Row, type ThingTable } from './table.ts'

/**
 * Reads the things with these ids and holds them until the transaction ends, always in the order of the ids, so that two
 * requests about the same things wait for each other and neither overwrites what the other has just written.
 */
export async function lockRows<Item extends Thing>(
  trx: Database,
  table: ThingTable<Item>,
  externalIds: readonly string[],
): Promise<Map<string, Row>> {
  if (externalIds.length === 0) return new Map()
  const columns = columnsOf(table).map((column) =>
    // as text: a Date would lose the microseconds
    column === 'source_updated_at' ? 'CAST(source_updated_at AS CHAR) AS source_updated_at' : column,
  )
  const found = await rows<
    { id: number; external_id: string; source_updated_at: string | null } & Record<string, Cell>
  >(
    trx,
    `SELECT id, ${columns.join(', ')} FROM ${table.name} WHERE external_id IN (?) ORDER BY external_id FOR UPDATE`,
    [[...new Set(externalIds)].sort()],
  )
  return new Map(found.map((row) => [row.external_id, rowOf(table, row)]))
}

function rowOf<Item extends Thing>(
  table: ThingTable<Item>,
  found: { id: number; external_id: string; source_updated_at: string | null } & Record<string, Cell>,
): Row {
  const cells: Cells = { ...table.beside }
  for (const column of Object.keys(table.blank)) cells[column] = found[column] ?? null
  if (typeof cells.attributes === 'string') cells.attributes = normaliseAttributes(cells.attributes)
  return {
    id: found.id,
    externalId: found.external_id,
    alive: found[table.alive.column] === table.alive.yes,
    version: found.source_updated_at,
    cells,
  }
}
