import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Sql } from './sql.ts'

type Key = { sql: string; descending: boolean }

const key = (sql: string, descending = false): Key => ({ sql, descending })

/** By a text of the profile; those without it come first. */
const byText = (column: string) => [key(column), key('c.id')] as const

/**
 * The orders of lists of customers in their natural direction, over `customers c` left-joined with `relationships r` of the
 * business or a provider. By name is the order of the index `customers_name`; nameless ones come first. Each ends with the
 * id, so no two places are equal.
 */
const ORDERS = {
  name: [key('c.last_name'), key('c.first_name'), key('c.id')],
  email: byText('c.email'),
  status: byText('c.status'),
  customer_group: byText('c.customer_group'),
  aggregator: byText('c.aggregator'),
  language: byText('c.language'),
  newest: [key('c.joined_at', true), key('c.id', true)],
  bookings: [key('COALESCE(r.bookings, 0)', true), key('c.id', true)],
  last_booking: [key('r.last_booking_at', true), key('c.id', true)],
} as const satisfies Record<string, readonly Key[]>

export type Sort = keyof typeof ORDERS
/** In which direction a list goes; without one, in the natural one of its order. */
export type Direction = 'ascending' | 'descending'

function keysOf(sort: Sort, direction: Direction | undefined): readonly Key[] {
  const keys: readonly Key[] = ORDERS[sort]
  const isNatural = direction === undefined || (direction === 'descending') === keys[0]?.descending
  return isNatural ? keys : keys.map(({ sql, descending }) => key(sql, !descending))
}

/** What stands behind ORDER BY. */
export const orderSql = (sort: Sort, direction?: Direction): string =>
  keysOf(sort, direction)
    .map(({ sql, descending }) => (descending ? `${sql} DESC` : sql))
    .join(', ')

/** The `next` of a list that ends with this customer. */
export const cursorOf = ({ id }: { id: number }): string => id.toString(36)

type Value = Sql['bindings'][number]

/**
 * The customers that follow the one whom a cursor names. Nothing comes twice and nothing is left out by customers who
 * arrive or go meanwhile; one who is renamed has the new place.
 *
 * @param of whose bookings count: our id of a provider, 0 for the whole business
 * @param path where the cursor stands in the request
 * @throws Problem 'invalid' at `path` when the text is no cursor of ours
 */
export async function afterCursor(
  db: Database,
  { sort, direction, of }: { sort: Sort; direction?: Direction | undefined; of: number },
  cursor: string | undefined,
  path: string,
): Promise<Sql> {
  if (cursor === undefined) return { sql: 'TRUE', bindings: [] }
  const id = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : 0
  const keys = keysOf(sort, direction)
  const [at] = await rows<Record<string, Value>>(
    db,
    // a deleted customer's row stays, so the place is found even then
    `SELECT ${keys.map(({ sql }, index) => `${sql} AS k${index}`).join(', ')}
     FROM customers c LEFT JOIN relationships r ON r.provider_id = ? AND r.customer_id = c.id WHERE c.id = ?`,
    [of, id],
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
function after({ key: { sql, descending }, value }: { key: Key; value: Value }, ties: Sql): Sql {
  if (value === null) {
    const equal = `${sql} IS NULL AND (${ties.sql})`
    return { sql: descending ? equal : `${sql} IS NOT NULL OR (${equal})`, bindings: ties.bindings }
  }
  const behind = descending ? `${sql} < ? OR ${sql} IS NULL` : `${sql} > ?`
  return { sql: `${behind} OR (${sql} = ? AND (${ties.sql}))`, bindings: [value, value, ...ties.bindings] }
}
