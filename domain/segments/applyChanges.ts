import { hearTransitions } from '../automations/hearTransitions.ts'
import { type Database, execute } from '../database.ts'
import { insertRows } from '../insertRows.ts'
import { noteTransitions } from '../webhooks/noteTransitions.ts'
import type { Difference } from './evaluate.ts'

/** Why a customer entered or left a segment. */
export type Cause = 'event' | 'time' | 'by_hand' | 'rule_change' | 'initial' | 'historical'

export type Change = {
  segment: number
  providerId: number
  customerId: number
  entered: boolean
  cause: Cause
  /** The version of the rule that decided. */
  version: number
}

const CHUNK = 1_000

/** Writes who entered and left, with the cause, the members that come of it, and tells automations and webhooks. The caller's transaction holds all. */
export async function applyChanges(trx: Database, changes: readonly Change[], at: Date): Promise<void> {
  await insertRows(
    trx,
    'segment_transitions',
    ['segment_id', 'provider_id', 'customer_id', 'entered', 'cause', 'version', 'at'],
    changes.map((change) => [
      change.segment,
      change.providerId,
      change.customerId,
      change.entered,
      change.cause,
      change.version,
      at,
    ]),
  )
  await insertRows(
    trx,
    'segment_members',
    ['segment_id', 'provider_id', 'customer_id', 'since'],
    changes
      .filter(({ entered }) => entered)
      .map(({ segment, providerId, customerId }) => [segment, providerId, customerId, at]),
  )
  for (const left of chunksOf(changes.filter(({ entered }) => !entered))) {
    await execute(
      trx,
      `DELETE FROM segment_members WHERE ${left
        .map(() => '(segment_id = ? AND provider_id = ? AND customer_id = ?)')
        .join(' OR ')}`,
      left.flatMap((change) => [change.segment, change.providerId, change.customerId]),
    )
  }
  await hearTransitions(trx, changes, at)
  await noteTransitions(trx, changes, at)
}

/** Stores when time alone next changes anything, for the relationships where that is another moment than before. */
export async function applyFlips(trx: Database, differences: readonly Difference[]): Promise<void> {
  await writeFlips(
    trx,
    differences.filter(({ flips }) => flips),
    'flip_at = VALUES(flip_at), flip_on = VALUES(flip_on)',
  )
}

/** What else changes next stays what it is: a relationship's flip only ever comes earlier by this. */
export async function bringFlipsForward(trx: Database, differences: readonly Difference[]): Promise<void> {
  await writeFlips(
    trx,
    differences.filter(({ sooner }) => sooner),
    `flip_at = LEAST(COALESCE(flip_at, VALUES(flip_at)), COALESCE(VALUES(flip_at), flip_at)),
     flip_on = LEAST(COALESCE(flip_on, VALUES(flip_on)), COALESCE(VALUES(flip_on), flip_on))`,
  )
}

/** Writes flips; `update` says what becomes of those that are stored. */
async function writeFlips(trx: Database, differences: readonly Difference[], update: string): Promise<void> {
  await insertRows(
    trx,
    'relationships',
    ['provider_id', 'customer_id', 'flip_at', 'flip_on'],
    differences.map(({ providerId, customerId, flipAt, flipOn }) => [providerId, customerId, flipAt, flipOn]),
    `ON DUPLICATE KEY UPDATE ${update}`,
  )
}

/** Parts of a list that one statement can hold. */
export function* chunksOf<Item>(items: readonly Item[], size = CHUNK): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
