import type { Knex } from 'knex'
import { type Database, rows } from '../database.ts'
import { mentions } from './traces.ts'

/** So many are written to with one statement. */
const CHUNK = 500

/** Rows by their primary key, as a condition. */
export type Keys = { sql: string; bindings: Knex.RawBinding[] }

/** The columns of each table's primary key: they change with the schema only. */
const primary = new Map<string, string[]>()

async function primaryOf(db: Database, table: string): Promise<string[]> {
  const known = primary.get(table)
  if (known !== undefined) return known
  const found = await rows<{ Column_name: string }>(db, `SHOW KEYS FROM ${table} WHERE Key_name = 'PRIMARY'`)
  const columns = found.map(({ Column_name: column }) => column)
  primary.set(table, columns)
  return columns
}

/**
 * The rows of a table in whose texts somebody is mentioned. No index finds a piece of a text, so the whole table is read,
 * without a lock: what is then written to is found by its key, and nobody else waits for the reading.
 *
 * @param more further conditions that name somebody
 * @returns conditions for a few rows each; none when nobody is mentioned
 */
export async function mentioned(
  db: Database,
  table: string,
  columns: readonly string[],
  traces: readonly string[],
  more: readonly Keys[] = [],
): Promise<Keys[]> {
  const parts = [...more, ...(traces.length > 0 ? [mentions(columns, traces)] : [])]
  if (parts.length === 0) return []
  const key = (await primaryOf(db, table)).map((column) => `\`${column}\``)
  const found = await rows<Record<string, Knex.RawBinding>>(
    db,
    `SELECT ${key.join(', ')} FROM ${table} WHERE ${parts.map(({ sql }) => `(${sql})`).join(' OR ')}`,
    parts.flatMap(({ bindings }) => bindings),
  )
  const chunks = Array.from({ length: Math.ceil(found.length / CHUNK) }, (_, n) =>
    found.slice(n * CHUNK, (n + 1) * CHUNK),
  )
  const marks = `(${key.map(() => '?').join(', ')})`
  return chunks.map((chunk) => ({
    sql: `(${key.join(', ')}) IN (${chunk.map(() => marks).join(', ')})`,
    bindings: chunk.flatMap((row) => Object.values(row)),
  }))
}
