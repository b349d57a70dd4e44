import { rows } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { decideByHand } from '../../segments/members/decideByHand.ts'
import { ownCustomers } from '../../segments/members/findTarget.ts'
import { type Doing, everybody } from '../act.ts'

/** Puts into a segment, or takes out of it, as by hand: it outranks the rule until it is taken back. */
export const segment: Doing<'segment'> = async (trx, { version, step, whom }, now) => {
  const put = 'put' in step.segment
  const key = 'put' in step.segment ? step.segment.put : step.segment.take
  const [target] = await rows<{ id: number; scope: 'business' | 'provider' }>(
    trx,
    'SELECT id, scope FROM segments WHERE `key` = ?',
    [key],
  )
  if (target === undefined) throw new Problem('invalid', `There is no segment “${key}”`)
  if (target.scope === 'provider' && version.definition.scope === 'business') {
    throw new Problem('invalid', `The segment “${key}” belongs to each provider, the automation to none`)
  }
  const providers = target.scope === 'business' ? [0] : [...new Set(whom.map(({ providerId }) => providerId))]
  for (const providerId of providers) {
    const theirs = whom.filter((who) => target.scope === 'business' || who.providerId === providerId)
    const customers = await ownCustomers(trx, providerId, [...new Set(theirs.map(({ customerId }) => customerId))])
    if (customers.length === 0) continue
    await decideByHand(
      trx,
      { segmentId: target.id, scope: target.scope, providerId },
      customers,
      { decision: put ? 'in' : 'out', by: version.name },
      now,
    )
  }
  return everybody(whom)
}
