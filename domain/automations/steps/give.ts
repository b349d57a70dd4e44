import { dayOf } from '../../../rules/time.ts'
import { type Database, rows } from '../../database.ts'
import { giveRewards } from '../../rewards/giveRewards.ts'
import { readSettings } from '../../settings/readSettings.ts'
import { type Doing, everybody } from '../act.ts'
import type { Standing } from '../standing.ts'
import { providerOfGift, rewardOf } from '../stepCampaign.ts'

/** Each gets the reward, usable at once; who comes by again gets another one. */
export const give: Doing<'give'> = async (trx, { version, step, whom }, now) => {
  const named = await providerOfGift(trx, step.give)
  const { timeZone } = await readSettings(trx)
  for (const [name, those] of await byName(trx, step.id, whom)) {
    await giveRewards(
      trx,
      {
        automation: version.key,
        step: name,
        reward: rewardOf(step.give),
        recipients: those.map(({ id, customerId, providerId }) => {
          return { enrolment: id, customerId, providerId: named ?? providerId }
        }),
      },
      { today: dayOf(now, timeZone), now },
    )
  }
  return everybody(whom, 'given')
}

/** A reward is given once for each enrolment and name of a step: a later turn at the same one has a name of its own. */
async function byName(trx: Database, step: string, whom: readonly Standing[]): Promise<Map<string, Standing[]>> {
  const sql = 'SELECT enrolment_id FROM rewards WHERE enrolment_id IN (?) AND step = ?'
  const found = await rows<{ enrolment_id: number }>(trx, sql, [whom.map(({ id }) => id), step])
  const again = new Set(found.map(({ enrolment_id: id }) => id))
  const named = new Map<string, Standing[]>()
  for (const who of whom) {
    const name = again.has(who.id) ? `${step}:${who.turn}` : step
    named.set(name, [...(named.get(name) ?? []), who])
  }
  return named
}
