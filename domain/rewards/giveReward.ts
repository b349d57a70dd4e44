import { addDays } from '../../rules/time.ts'
import type { Database } from '../database.ts'
import { transact } from '../retry.ts'
import type { Pair } from '../segments/markDirty.ts'
import { momentAt } from '../segments/moment.ts'
import { noteGifts } from '../webhooks/noteRewards.ts'
import { checkReward } from './checkReward.ts'
import type { AskedReward } from './reward.ts'
import { tellOfGifts } from './tellRules.ts'

/**
 * Gives a customer a reward by hand: usable from its first day on. Rules that ask for rewards are told.
 *
 * @param pair whose it is, and with which provider it can be used
 * @param by who gives it
 * @returns our id
 * @throws Problem 'invalid' with the path of each mistake
 */
export async function giveReward(db: Database, pair: Pair, asked: AskedReward, by: string, now: Date): Promise<number> {
  const { today } = await momentAt(db, now)
  const { kind, amount, percent, ceiling, minutes, ...period } = checkReward(asked, today, '')
  const from = period.valid_from ?? today
  const to = period.valid_days === null ? period.valid_to : addDays(today, period.valid_days - 1)
  return transact(db, async (trx) => {
    const [id = 0] = await trx('rewards').insert({
      ...{ provider_id: pair.providerId, customer_id: pair.customerId, kind, state: 'active' },
      ...{ amount, percent, ceiling, minutes, valid_from: from, valid_to: to },
      ...{ created_at: now, activated_at: now, given_by: by },
    })
    await tellOfGifts(trx, [pair], now)
    await noteGifts(trx, [id], now)
    return id
  })
}
