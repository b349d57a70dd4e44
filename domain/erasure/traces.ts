import { type Database, fromJson, rows } from '../database.ts'
import { escapeLike } from '../escapeLike.ts'

/** By what somebody is found in texts: shorter ones would find others, too. */
const SHORTEST = 5

/**
 * Addresses, numbers and names of a customer, now and before, wherever they are kept by the customer, and those of whoever
 * went into them.
 */
export async function tracesOf(trx: Database, customerId: number): Promise<string[]> {
  const merged = await rows<{ profile: string | null }>(
    trx,
    'SELECT profile FROM customer_merges WHERE customer_id = ? AND profile IS NOT NULL',
    [customerId],
  )
  const ofMerged = merged.flatMap(({ profile }) => fromJson<{ traces?: string[] }>(profile)?.traces ?? [])
  const found = await rows<{ text: string | null }>(
    trx,
    `SELECT email AS text FROM customers WHERE id = ? UNION SELECT phone FROM customers WHERE id = ?
     UNION SELECT username FROM customers WHERE id = ?
     UNION SELECT CONCAT(first_name, ' ', last_name) FROM customers WHERE id = ?
     UNION SELECT CONCAT(last_name, ' ', first_name) FROM customers WHERE id = ?
     UNION SELECT CONCAT(last_name, ', ', first_name) FROM customers WHERE id = ?
     UNION SELECT email FROM customers_history WHERE customer_id = ? UNION SELECT phone FROM customers_history WHERE customer_id = ?
     UNION SELECT address FROM deliveries WHERE customer_id = ? AND test = 0
     UNION SELECT address FROM suppressions WHERE customer_id = ?`,
    Array.from({ length: 10 }, () => customerId),
  )
  return [
    ...new Set(
      [...ofMerged, ...found.map(({ text }) => text)].flatMap((text) =>
        text !== null && text.trim().length >= SHORTEST ? [text.trim()] : [],
      ),
    ),
  ]
}

/** A condition that holds where one of some columns has one of some texts in it. */
export function mentions(columns: readonly string[], traces: readonly string[]): { sql: string; bindings: string[] } {
  const like = (trace: string) => `%${escapeLike(trace)}%`
  return {
    sql: `(${columns.flatMap((column) => traces.map(() => `${column} LIKE ? ESCAPE '!'`)).join(' OR ')})`,
    bindings: columns.flatMap(() => traces.map(like)),
  }
}
