import { setStatus } from '../../statuses/setStatus.ts'
import { type Doing, everybody } from '../act.ts'

/** Gives a status, or hands it back to the rules. What a person has set by hand outranks it. */
export const status: Doing<'status'> = async (trx, { version, step, whom }, now) => {
  const customers = [...new Set(whom.map(({ customerId }) => customerId))]
  const marks = customers.map(() => '?').join(', ')
  const picked = { sql: `SELECT id AS customer_id FROM customers WHERE id IN (${marks})`, bindings: customers }
  const setting = { status: step.status, by: version.name, automation: version.key, cause: 'event' } as const
  await setStatus(trx, picked, setting, now)
  return everybody(whom)
}
