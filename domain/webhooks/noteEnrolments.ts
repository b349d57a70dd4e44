import { type Database, rows } from '../database.ts'
import { type Noted, noteEvents, wantedOf } from './noteEvents.ts'

type Row = {
  id: number
  customer_id: number
  provider_id: number
  key: string
  version: number
  state: string
  reason: string | null
  cause: string
}

/**
 * Notes ways through automations that have begun or ended, for endpoints, in the transaction in which they do.
 *
 * @param which a condition on enrolments `e`
 */
export async function noteEnrolments(
  trx: Database,
  type: 'enrolment.entered' | 'enrolment.ended',
  which: { sql: string; bindings: readonly (number | Date | readonly number[])[] },
  now: Date,
): Promise<void> {
  if ((await wantedOf(trx, [type])).size === 0) return
  const found = await rows<Row>(
    trx,
    `SELECT e.id, e.customer_id, e.provider_id, a.\`key\`, e.version, e.state, e.reason, e.cause
     FROM enrolments e JOIN automations a ON a.id = e.automation_id WHERE ${which.sql} ORDER BY e.id`,
    which.bindings as never,
  )
  await noteEvents(
    trx,
    found.map(({ id, customer_id: customerId, provider_id: providerId, key, version, ...how }): Noted => {
      const what = { enrolment: String(id), automation: key, version }
      const data =
        type === 'enrolment.entered' ? { ...what, cause: how.cause } : { ...what, state: how.state, reason: how.reason }
      return { type, customerId, providerId, data }
    }),
    now,
  )
}
