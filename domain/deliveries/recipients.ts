import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { type DeliveryFilter, recipientsSql } from './filter.ts'

/** As many as a campaign goes to when its customers are named one by one. */
const MOST = 100_000

/**
 * The caller's ids of those to whom the messages went that a filter lets through.
 *
 * @throws Problem 'conflict' when they are more than 100,000; others as `recipientsSql`
 */
export async function recipientsOf(db: Database, filter: DeliveryFilter, at: string): Promise<string[]> {
  const { sql, bindings } = await recipientsSql(db, filter, at)
  const found = await rows<{ external_id: string }>(
    db,
    `SELECT c.external_id FROM (${sql}) w JOIN customers c ON c.id = w.customer_id AND c.known = 1 LIMIT ${MOST + 1}`,
    bindings,
  )
  if (found.length <= MOST) return found.map(({ external_id: id }) => id)
  throw new Problem(
    'conflict',
    `More than ${MOST.toLocaleString('en')} customers: make a segment of them to write to them.`,
  )
}
