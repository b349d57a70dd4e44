import type { Database } from '../../database.ts'
import type { AskedReward } from '../../rewards/reward.ts'
import { type Liability, rewardLiability } from '../../rewards/rewardLiability.ts'
import { momentAt } from '../../segments/moment.ts'
import type { Audience, Criteria } from '../criteria.ts'
import { checkOrder } from './checkOrder.ts'

type Expected = {
  reward: AskedReward | undefined
  criteria: Criteria
  audience: Audience
  sendAt: Date | null
  recipients: number
}

/**
 * What the rewards of a campaign can cost at most; nothing without one. Refuses what making the campaign would refuse.
 *
 * @throws Problem as `checkOrder`
 */
export async function expectRewards(db: Database, expected: Expected, now: Date): Promise<Liability> {
  const { reward: asked, criteria, audience, sendAt, recipients } = expected
  const sendsAt = sendAt !== null && sendAt > now ? sendAt : now
  const { reward } = await checkOrder(db, asked, { criteria, audience, sendsAt })
  if (reward === null) return { most: 0, assumption: null }
  return rewardLiability(db, { reward, providerId: audience.providerId, recipients }, await momentAt(db, now))
}
