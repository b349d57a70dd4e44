import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Sql } from './filter.ts'

/** The order of every list of customers, that of the index `customers_name`; nameless ones come first. */
export const NAME_ORDER = 'c.last_name, c.first_name, c.id'

/** The `next` of a list that ends with this customer. */
export const nameCursor = ({ id }: { id: number }): string => id.toString(36)

/**
 * The customers that follow the one whom a cursor names, over `customers c`. Nothing comes twice and nothing is left out
 * by customers who arrive or go meanwhile; one who is renamed has the new place.
 *
 * @throws Problem 'invalid' at `path` when the text is no cursor of ours
 */
export async function afterNameCursor(db: Database, cursor: string | undefined, path: string): Promise<Sql> {
  if (cursor === undefined) return { sql: 'TRUE', bindings: [] }
  const id = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN
  const [at] = await rows<{ last_name: string | null; first_name: string | null }>(
    db,
    // a deleted customer's row stays, so the place is found even then
    'SELECT last_name, first_name FROM customers WHERE id = ?',
    [Number.isSafeInteger(id) ? id : 0],
  )
  if (at === undefined) {
    throw new Problem('invalid', 'This cursor is not one that a list has given.', [
      { path, message: 'Allowed is the `next` of the part before' },
    ])
  }
  const follows = after(
    'c.last_name',
    at.last_name,
    after('c.first_name', at.first_name, { sql: 'c.id > ?', bindings: [id] }),
  )
  // the plain bound is what the index can begin at
  return at.last_name === null
    ? follows
    : { sql: `c.last_name >= ? AND (${follows.sql})`, bindings: [at.last_name, ...follows.bindings] }
}

/** Greater in this column, or equal and then as `ties` says. Null is the smallest. */
function after(column: string, value: string | null, ties: Sql): Sql {
  return value === null
    ? { sql: `${column} IS NOT NULL OR (${column} IS NULL AND (${ties.sql}))`, bindings: ties.bindings }
    : { sql: `${column} > ? OR (${column} = ? AND (${ties.sql}))`, bindings: [value, value, ...ties.bindings] }
}
