import { type Database, execute } from '../database.ts'

/** What earlier versions, and what was said over time, say about the customer themselves. */
const PERSONAL = ['customers_history', 'customer_tags_history', 'consents_history', 'consent_events'] as const

/** Removes what is remembered of customers who were deleted: who is to be forgotten is in no past either. */
export async function forgetCustomers(trx: Database, customers: readonly number[]): Promise<void> {
  for (const table of PERSONAL) await execute(trx, `DELETE FROM ${table} WHERE customer_id IN (?)`, [[...customers]])
}
