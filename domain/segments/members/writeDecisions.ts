import { type Database, execute, rows } from '../../database.ts'
import { remember } from '../../history/remember.ts'
import { insertRows } from '../../insertRows.ts'
import { chunksOf } from '../applyChanges.ts'
import type { Decision, Target } from './decision.ts'

/**
 * Writes what somebody decides about customers of one segment; the same again is not written again, so that the first to
 * have decided stays named.
 *
 * @returns what was decided before, of those for whom that was another decision
 */
export async function writeDecisions(
  trx: Database,
  { segmentId, providerId }: Target,
  customers: readonly number[],
  { decision, by }: { decision: Decision; by: string },
  now: Date,
): Promise<Map<number, Decision>> {
  const decided = new Map<number, Decision>()
  for (const chunk of chunksOf(customers)) {
    const found = await rows<{ customer_id: number; is_in: number }>(
      trx,
      'SELECT customer_id, is_in FROM segment_overrides WHERE segment_id = ? AND provider_id = ? AND customer_id IN (?)',
      [segmentId, providerId, chunk],
    )
    for (const { customer_id, is_in } of found) decided.set(customer_id, is_in === 1 ? 'in' : 'out')
  }
  if (decision === 'rule') {
    for (const chunk of chunksOf([...decided.keys()])) {
      await rememberDecisions(trx, [segmentId, providerId, chunk], now)
      await execute(
        trx,
        'DELETE FROM segment_overrides WHERE segment_id = ? AND provider_id = ? AND customer_id IN (?)',
        [segmentId, providerId, chunk],
      )
    }
    return decided
  }
  const isIn = decision === 'in'
  const other = customers.filter((customer) => decided.get(customer) !== decision)
  for (const chunk of chunksOf(other)) await rememberDecisions(trx, [segmentId, providerId, chunk], now)
  await insertRows(
    trx,
    'segment_overrides',
    ['segment_id', 'provider_id', 'customer_id', 'is_in', 'decided_at', 'decided_by'],
    other.map((customer) => [segmentId, providerId, customer, isIn, now, by]),
    `ON DUPLICATE KEY UPDATE is_in = VALUES(is_in), decided_at = VALUES(decided_at), decided_by = VALUES(decided_by)`,
  )
  return new Map(other.map((customer) => [customer, decided.get(customer) ?? 'rule']))
}

/** A rule that asks for this segment as of the past goes by what was decided then. */
const rememberDecisions = (trx: Database, whose: [segment: number, provider: number, customers: number[]], now: Date) =>
  remember(
    trx,
    'segment_overrides',
    { sql: 'x.segment_id = ? AND x.provider_id = ? AND x.customer_id IN (?)', bindings: whose },
    now,
  )
