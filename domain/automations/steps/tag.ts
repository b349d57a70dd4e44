import { rows } from '../../database.ts'
import { tagCustomers } from '../../tags/tagCustomers.ts'
import { type Doing, everybody } from '../act.ts'

/** Puts tags on and takes tags off, as anybody may. */
export const tag: Doing<'tag'> = async (trx, { version, step, whom }, now) => {
  const { add = [], remove = [] } = step.tag
  const sql = 'SELECT external_id FROM customers WHERE id IN (?) AND known = 1'
  const found = await rows<{ external_id: string }>(trx, sql, [whom.map(({ customerId }) => customerId)])
  const customers = [...new Set(found.map(({ external_id: id }) => id))]
  if (customers.length > 0) await tagCustomers(trx, { customers }, { add, remove }, { by: version.name }, now)
  return everybody(whom)
}
