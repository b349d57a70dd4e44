import type { Knex } from 'knex'
import { type Database, execute } from './database.ts'

/** Rows of one statement: far below every limit on the size of a packet. */
const CHUNK = 1_000

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
  rows: readonly (readonly Knex.RawBinding[])[],
  ending = '',
): Promise<void> {
  const place = `(${columns.map(() => '?').join(', ')})`
  const names = columns.map((column) => `\`${column}\``).join(', ')
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK)
    await execute(
      db,
      `INSERT INTO ${table} (${names}) VALUES ${chunk.map(() => place).join(', ')} ${ending}`,
      chunk.flat(),
    )
  }
}
