import { knownCustomer } from '../../customers/knownCustomer.ts'
import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { transact } from '../../retry.ts'
import { type Decided, decideByHand } from './decideByHand.ts'
import type { Decision, Target } from './decision.ts'
import { findTarget, ownCustomers } from './findTarget.ts'

/** How one customer stands to a segment, after a decision about them. */
export type Standing = {
  member: boolean
  byHand: 'in' | 'out' | null
  changed: boolean
  /** What was decided before. */
  before: Decision
}

/**
 * Puts one customer into a segment, takes them out, or leaves it to the rule again.
 *
 * @throws Problem 'not_found' for an unknown segment or customer; 'invalid' for a provider that is missing or unknown;
 *   'conflict' when the customer has nothing to do with the provider
 */
export async function decideMember(
  db: Database,
  names: { segment: string; provider?: string | undefined; customer: string },
  how: { decision: Decision; by: string },
  now: Date,
): Promise<Standing> {
  const target = await findTarget(db, names.segment, names.provider, '/query/provider')
  const customer = await knownCustomer(db, names.customer)
  await requireOwn(db, target, { id: customer, name: names.customer }, how.decision)
  const { changed, before } = await decideByHand(db, target, [customer], how, now)
  const [found] = await rows<{ member: number; is_in: number | null }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM segment_members m
         WHERE m.segment_id = ? AND m.provider_id = ? AND m.customer_id = ?) AS member,
       (SELECT o.is_in FROM segment_overrides o
         WHERE o.segment_id = ? AND o.provider_id = ? AND o.customer_id = ?) AS is_in`,
    [target.segmentId, target.providerId, customer, target.segmentId, target.providerId, customer],
  )
  const isIn = found?.is_in ?? null
  return {
    member: found?.member === 1,
    byHand: isIn === null ? null : isIn === 1 ? 'in' : 'out',
    changed: changed > 0,
    before: before.get(customer) ?? how.decision,
  }
}

/** One of several segments that a decision about a customer is for. */
export type Asked = { id: string; provider?: string | undefined }

/**
 * Decides about one customer in several segments, all or nothing.
 *
 * @throws Problem 'not_found' for an unknown customer; 'invalid' with the place of an unknown segment or provider;
 *   'conflict' when the customer has nothing to do with a provider
 */
export async function decideSegments(
  db: Database,
  customer: string,
  segments: readonly Asked[],
  how: { decision: Decision; by: string },
  now: Date,
): Promise<Decided> {
  const id = await knownCustomer(db, customer)
  const targets: Target[] = []
  for (const [index, asked] of segments.entries()) {
    const target = await findTarget(db, asked.id, asked.provider, `/segments/${index}/provider`).catch((error) => {
      throw error instanceof Problem && error.code === 'not_found' ? unknownSegment(error.message, index) : error
    })
    await requireOwn(db, target, { id, name: customer }, how.decision)
    targets.push(target)
  }
  return transact(db, async (trx) => {
    const sum: Decided = { changed: 0, unchanged: 0, entered: 0, left: 0 }
    for (const target of targets) {
      const decided = await decideByHand(trx, target, [id], how, now)
      for (const name of ['changed', 'unchanged', 'entered', 'left'] as const) sum[name] += decided[name]
    }
    return sum
  })
}

const unknownSegment = (message: string, index: number) =>
  new Problem('invalid', message, [
    { path: `/segments/${index}/id`, message: 'Allowed is the id of a segment that exists' },
  ])

async function requireOwn(
  db: Database,
  target: Target,
  customer: { id: number; name: string },
  decision: Decision,
): Promise<void> {
  if (decision === 'rule' || (await ownCustomers(db, target.providerId, [customer.id])).length > 0) return
  throw new Problem(
    'conflict',
    `${customer.name} has nothing to do with this provider yet: only a provider’s own customers can be in its segments.`,
  )
}
