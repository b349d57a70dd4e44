import { knownCustomer } from '../customers/knownCustomer.ts'
import { SUMMARY_COLUMNS, type Summary, type SummaryRow, summaries } from '../customers/listCustomers.ts'
import { type Database, rows } from '../database.ts'

/** By what somebody may be the same person. */
export type TwinReason = 'email' | 'phone' | 'name_and_birthdate'
export type Twin = Summary & { because: TwinReason[] }

/** At most so many are suggested. */
const MOST = 10

/** Each finds its rows by an index of the customers `c`, beside the one `s` whose twins are sought. */
const SAME: Readonly<Record<TwinReason, string>> = {
  email: "c.email = s.email AND s.email <> ''",
  phone: "c.phone = s.phone AND s.phone <> ''",
  name_and_birthdate: `c.last_name = s.last_name AND c.first_name = s.first_name AND c.birthdate = s.birthdate
    AND CONCAT(s.first_name, s.last_name) <> ''`,
}

/**
 * Customers who are probably the same person as one: with the same address, number, or name and birthday. Those with more in
 * common, then with more bookings, come first.
 *
 * @throws Problem 'not_found'
 */
export async function findTwins(db: Database, customer: string): Promise<Twin[]> {
  const id = await knownCustomer(db, customer)
  const reasons = Object.keys(SAME) as TwinReason[]
  const found = await rows<{ id: number; because: TwinReason }>(
    db,
    reasons
      .map(
        (because) => `(SELECT c.id, '${because}' AS because FROM customers s JOIN customers c ON ${SAME[because]}
           WHERE s.id = ? AND c.id <> s.id AND c.known = 1 LIMIT ${MOST})`,
      )
      .join(' UNION ALL '),
    reasons.map(() => id),
  )
  if (found.length === 0) return []
  const because = Map.groupBy(found, (one) => one.id)
  const people = await rows<SummaryRow>(
    db,
    `SELECT ${SUMMARY_COLUMNS} FROM customers c LEFT JOIN relationships r ON r.provider_id = 0 AND r.customer_id = c.id
     WHERE c.id IN (?)`,
    [[...because.keys()]],
  )
  const shown = await summaries(db, people)
  return people
    .map((row, at) => ({ ...(shown[at] as Summary), because: (because.get(row.id) ?? []).map((one) => one.because) }))
    .sort((a, b) => b.because.length - a.because.length || b.bookings - a.bookings)
    .slice(0, MOST)
}
