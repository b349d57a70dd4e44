import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'

type Row = { reserved: number; used: number; over: number; ahead: number; usable: number; others: number }

/** Why no reward applies to a contact, for whoever asked; the reason that is nearest to one that does comes first. */
export async function whyNone(
  db: Database,
  { customerId, providerId, on }: { customerId: number; providerId: number; on: Day },
): Promise<string> {
  const [row] = await rows<Row>(
    db,
    `SELECT
       COALESCE(SUM(r.provider_id = ? AND r.state = 'active' AND ? BETWEEN r.valid_from AND r.valid_to), 0) AS usable,
       COALESCE(SUM(r.provider_id = ? AND r.state = 'reserved'), 0) AS reserved,
       COALESCE(SUM(r.provider_id = ? AND r.state = 'active' AND r.valid_from > ?), 0) AS ahead,
       COALESCE(SUM(r.provider_id = ? AND r.state = 'active' AND r.valid_to < ?), 0) AS \`over\`,
       COALESCE(SUM(r.provider_id = ? AND r.state = 'used'), 0) AS used,
       COALESCE(SUM(r.provider_id <> ? AND r.state = 'active'), 0) AS others
     FROM rewards r WHERE r.customer_id = ?`,
    [providerId, on, providerId, providerId, on, providerId, on, providerId, providerId, customerId],
  )
  const found = row ?? { usable: 0, reserved: 0, ahead: 0, over: 0, used: 0, others: 0 }
  if (found.usable > 0) return 'The reward takes nothing off a contact of this price and length'
  if (found.reserved > 0) return 'The reward is reserved: its message has not been handed over yet'
  if (found.ahead > 0) return `The period of the reward has not begun on ${on}`
  if (found.over > 0) return `The period of the reward is over on ${on}`
  if (found.used > 0) return 'The reward has been used'
  if (found.others > 0) return 'The rewards of this customer are for other providers'
  return 'This customer has no reward with this provider'
}
