import { type Database, execute } from '../database.ts'

/** What earlier versions, and what was said over time, say about the customer themselves. */
const PERSONAL = [
  'customers_history',
  'customer_tags_history',
  'consents_history',
  'consent_events',
  'survey_answers',
  'status_changes',
  'status_act_customers',
] as const

/**
 * Removes what is remembered of customers who were deleted, and what they said: who is to be forgotten is in no past
 * either. The histories of their messages keep that something was answered, without its words.
 */
export async function forgetCustomers(trx: Database, customers: readonly number[]): Promise<void> {
  await execute(
    trx,
    `UPDATE delivery_events e JOIN survey_answers a ON a.delivery_id = e.delivery_id
     SET e.detail = NULL WHERE a.customer_id IN (?) AND e.type = 'answered'`,
    [[...customers]],
  )
  // who went into them is forgotten with them
  await execute(trx, 'UPDATE customer_merges SET profile = NULL, refused = NULL WHERE customer_id IN (?)', [
    [...customers],
  ])
  for (const table of PERSONAL) await execute(trx, `DELETE FROM ${table} WHERE customer_id IN (?)`, [[...customers]])
}
