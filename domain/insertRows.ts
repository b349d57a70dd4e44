import type { Knex } from 'knex'
import { type Database, execute } from './database.ts'

type Row = readonly Knex.RawBinding[]

/** At most so many rows and characters to a statement: even escaped it stays below the 16 MB that servers take at least. */
const ROWS = 1_000
const CHARACTERS = 1_000_000

/**
 * Inserts rows, many to a statement.
 *
 * @param rows the values of each row in the order of the columns
 * @param ending what follows the values, e.g. `ON DUPLICATE KEY UPDATE …`
 */
export async function insertRows(
  db: Database,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
  ending = '',
): Promise<void> {
  const place = `(${columns.map(() => '?').join(', ')})`
  const names = columns.map((column) => `\`${column}\``).join(', ')
  for (const part of partsOf(rows)) {
    await execute(
      db,
      `INSERT INTO ${table} (${names}) VALUES ${part.map(() => place).join(', ')} ${ending}`,
      part.flat(),
    )
  }
}

function* partsOf(rows: readonly Row[]): Generator<Row[]> {
  let part: Row[] = []
  let characters = 0
  for (const row of rows) {
    const more = row.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0)
    if (part.length === ROWS || (part.length > 0 && characters + more > CHARACTERS)) {
      yield part
      part = []
      characters = 0
    }
    part.push(row)
    characters += more
  }
  if (part.length > 0) yield part
}
