import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Sql } from './sql.ts'

type Key = { sql: string; descending: boolean }

const key = (sql: string, descending = false): Key => ({ sql, descending })

/**
 * The orders of lists of customers, over `customers c` left-joined with `relationships r` of the whole business. By name
 * is the order of the index `customers_name`; nameless ones come first. Each ends with the id, so no two places are equal.
 * Values are numbers and texts: an instant is cast, for it comes back as a `Date` otherwise.
 */
const ORDERS = {
  name: [key('c.last_name'), key('c.first_name'), key('c.id')],
  newest: [key('CAST(c.joined_at AS CHAR)', true), key('c.id', true)],
  bookings: [key('COALESCE(r.bookings, 0)', true), key('c.id', true)],
} as const satisfies Record<string, readonly Key[]>

export type Sort = keyof typeof ORDERS

/** What stands behind ORDER BY. */
export const orderSql = (sort: Sort): string =>
  ORDERS[sort].map(({ sql, descending }) => (descending ? `${sql} DESC` : sql)).join(', ')

/** The `next` of a list that ends with this customer. */
export const cursorOf = ({ id }: { id: number }): string => id.toString(36)

/**
 * The customers that follow the one whom a cursor names. Nothing comes twice and nothing is left out by customers who
 * arrive or go meanwhile; one who is renamed has the new place.
 *
 * @param path where the cursor stands in the request
 * @throws Problem 'invalid' at `path` when the text is no cursor of ours
 */
export async function afterCursor(db: Database, sort: Sort, cursor: string | undefined, path: string): Promise<Sql> {
  if (cursor === undefined) return { sql: 'TRUE', bindings: [] }
  const id = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : 0
  const keys = ORDERS[sort]
  const [at] = await rows<Record<string, string | number | null>>(
    db,
    // a deleted customer's row stays, so the place is found even then
    `SELECT ${keys.map(({ sql }, index) => `${sql} AS k${index}`).join(', ')}
     FROM customers c LEFT JOIN relationships r ON r.provider_id = 0 AND r.customer_id = c.id WHERE c.id = ?`,
    [id],
  )
  if (at === undefined) {
    throw new Problem('invalid', 'This cursor is not one that a list has given.', [
      { path, message: 'Allowed is the `next` of the part before' },
    ])
  }
  const places = keys.map((one, index) => ({ key: one, value: at[`k${index}`] ?? null }))
  const follows = places.reduceRight<Sql>((ties, place) => after(place, ties), { sql: 'FALSE', bindings: [] })
  const [first] = places
  // the plain bound is what the index can begin at
  return first === undefined || first.value === null || first.key.descending
    ? follows
    : { sql: `${first.key.sql} >= ? AND (${follows.sql})`, bindings: [first.value, ...follows.bindings] }
}

/** Behind this value in its key's order, or equal and then as `ties` says. Null is the smallest. */
function after(
  { key: { sql, descending }, value }: { key: Key; value: Sql['bindings'][number] | null },
  ties: Sql,
): Sql {
  if (value === null) {
    const equal = `${sql} IS NULL AND (${ties.sql})`
    return { sql: descending ? equal : `${sql} IS NOT NULL OR (${equal})`, bindings: ties.bindings }
  }
  const behind = descending ? `${sql} < ? OR ${sql} IS NULL` : `${sql} > ?`
  return { sql: `${behind} OR (${sql} = ? AND (${ties.sql}))`, bindings: [value, value, ...ties.bindings] }
}
