import type { Database } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { checkReward } from '../../rewards/checkReward.ts'
import type { AskedReward, Reward } from '../../rewards/reward.ts'
import { momentAt } from '../../segments/moment.ts'
import type { Audience, Criteria } from '../criteria.ts'
import { checkLoyalty } from './checkLoyalty.ts'
import { type Clientele, requireSlot } from './slots.ts'

/** What of a campaign is a provider's: whose slot it takes, null for one that needs none, and what each recipient gets. */
type CheckedOrder = { clientele: Clientele | null; reward: Reward | null }

/**
 * Checks a campaign against its audience and the slots that are taken now.
 *
 * @param asked the reward
 * @param sendsAt when the campaign is sent
 * @throws Problem 'invalid' with the path of a mistake; 'conflict' when the week has its loyalty mailing already
 */
export async function checkOrder(
  db: Database,
  asked: AskedReward | undefined,
  { criteria, audience, sendsAt }: { criteria: Criteria; audience: Audience; sendsAt: Date },
): Promise<CheckedOrder> {
  const { today, timeZone } = await momentAt(db, sendsAt)
  const clientele = audience.kind === 'loyalty' ? checkLoyalty(criteria, audience) : null
  if (asked !== undefined && audience.providerId === 0) {
    const message = 'A reward is a provider’s: say whose'
    throw new Problem('invalid', message, [{ path: '/provider', message }])
  }
  const reward = asked === undefined ? null : checkReward(asked, today)
  if (clientele !== null) await requireSlot(db, clientele, sendsAt, timeZone)
  return { clientele, reward }
}
