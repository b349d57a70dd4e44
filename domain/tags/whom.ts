import { type CustomerSearch, searchSql } from '../customers/listCustomers.ts'
import type { Sql } from '../customers/sql.ts'
import { type Database, rows } from '../database.ts'
import { type DeliveryFilter, recipientsSql } from '../deliveries/filter.ts'

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
