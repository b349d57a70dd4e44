import { type CustomerSearch, searchSql } from '../customers/listCustomers.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, rows } from '../database.ts'
import { type DeliveryFilter, recipientsSql } from '../deliveries/filter.ts'
import { Problem } from '../errors.ts'

/** Whom an act on many is about: ids, all whom a search finds, or all to whom the messages went that a filter lets through. */
export type Whom =
  | { customers: readonly string[] }
  | { search: Omit<CustomerSearch, 'sort'> }
  | { deliveries: DeliveryFilter }

const GIVEN = `JSON_TABLE(?, '$[*]' COLUMNS (external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) p`

/**
 * A query for our own ids of those customers, as `customer_id`, each once.
 *
 * @throws Problem 'invalid' for a filter that names something that is not there
 */
export async function pickedSql(db: Database, whom: Whom): Promise<Sql> {
  if ('customers' in whom) {
    return {
      sql: `SELECT DISTINCT c.id AS customer_id FROM ${GIVEN} JOIN customers c ON c.external_id = p.external_id AND c.known = 1`,
      bindings: [JSON.stringify(whom.customers)],
    }
  }
  if ('search' in whom) {
    const { from, where } = await searchSql(db, whom.search, '/search')
    return { sql: `SELECT c.id AS customer_id FROM ${from} WHERE ${where.sql}`, bindings: where.bindings }
  }
  return recipientsSql(db, whom.deliveries, '/deliveries')
}

/** Which of the given ids name nobody. */
export async function unknownAmong(db: Database, given: readonly string[]): Promise<string[]> {
  const found = await rows<{ external_id: string }>(
    db,
    `SELECT DISTINCT p.external_id FROM ${GIVEN} LEFT JOIN customers c ON c.external_id = p.external_id AND c.known = 1
     WHERE c.id IS NULL`,
    [JSON.stringify(given)],
  )
  const unknown = new Set(found.map(({ external_id: id }) => id))
  return [...new Set(given)].filter((id) => unknown.has(id))
}

/** At most so many at once: they are changed in one transaction. */
const MOST = 1_000_000

/**
 * How many are picked.
 *
 * @throws Problem 'invalid' when nobody is, or more than a million are
 */
export async function countPicked(db: Database, picked: Sql, whom: Whom): Promise<number> {
  const sql = `SELECT COUNT(*) AS count FROM (${picked.sql} LIMIT ${MOST + 1}) w`
  const [row] = await rows<{ count: number }>(db, sql, picked.bindings)
  const count = row?.count ?? 0
  const path = 'customers' in whom ? '/customers' : 'search' in whom ? '/search' : '/deliveries'
  if (count === 0) {
    const message = 'customers' in whom ? 'Allowed are ids of customers that exist' : 'Has to match somebody'
    throw new Problem('invalid', 'None of these customers is there.', [{ path, message }])
  }
  if (count <= MOST) return count
  const message = `Allowed are at most ${MOST.toLocaleString('en')} customers at once`
  throw new Problem('invalid', `${path}: ${message}.`, [{ path, message }])
}
