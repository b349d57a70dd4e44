import { REMEMBERED } from '../../rules/compile/asOfTables.ts'
import { type Database, rows } from '../database.ts'
import { rememberEach } from '../history/remember.ts'
import { insertRows } from '../insertRows.ts'
import type { Thing } from './items.ts'
import { meansOther } from './mergeItems.ts'
import { type Cell, type Change, columnsOf, type Row, type ThingTable } from './table.ts'

/**
 * Writes changed things: new ones and those that are there in one statement each for some hundred rows. Gives new rows
 * their ids. What was known of a thing before goes into its history.
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

  const changed = changes.filter(({ before }) => before?.id != null)
  const changedAt = changed.map((change) => changedAtOf(change, now))
  await rememberEach(
    trx,
    table.name,
    changed.flatMap(({ before, after }, index) => {
      const until = changedAt[index] ?? null
      return until === null || before?.alive !== true || after.id === null ? [] : [{ key: { id: after.id }, until }]
    }),
  )
  const updates = columns.map((column) => `${column} = VALUES(${column})`)
  await insertRows(
    trx,
    table.name,
    // created_at stands for the insertion that never happens: the ids are there, and held by this transaction
    ['id', ...columns, 'known_from', 'created_at', 'updated_at'],
    changed.map(({ after }, index) => [
      after.id,
      ...cellsOf(table, after, columns),
      changedAt[index] ?? null,
      now,
      now,
    ]),
    // what has been known is worked out from the values before: it stands first
    `ON DUPLICATE KEY UPDATE ${[knownFrom(table), ...updates, 'updated_at = VALUES(updated_at)'].join(', ')}`,
  )
}

/**
 * Since when a thing is known as a change leaves it: since its source changed it, as far as that says so and it is not
 * in the future; null when only its version is another one.
 */
function changedAtOf({ before, after }: Change, now: Date): Date | null {
  if (before === null || !meansOther(before, after)) return null
  if (after.version === null || after.version === before.version) return now
  const said = new Date(`${after.version.replace(' ', 'T')}Z`)
  return said < now ? said : now
}

/**
 * SQL for the new `known_from`: never before what it overwrites was known. A thing that was only named by others, or
 * deleted before it arrived, is known from the beginning like any other that arrives.
 */
function knownFrom<Item extends Thing>({ name, alive }: ThingTable<Item>): string {
  const since = `COALESCE(${REMEMBERED[name].since.replaceAll('x.', '')}, VALUES(known_from))`
  return `known_from = CASE WHEN VALUES(known_from) IS NULL OR (${alive.column} = ${alive.no} AND known_from IS NULL)
    THEN known_from ELSE GREATEST(VALUES(known_from), ${since}) END`
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
