import { dayOf } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { chooseReward, type Usable } from '../rewards/chooseReward.ts'
import type { DeliveryReward } from '../rewards/readRewards.ts'
import type { Contact } from '../rewards/takesOff.ts'
import { readSettings } from '../settings/readSettings.ts'

/** What a contact would cost: the discount that the reward takes off, and the free minutes that it would use. */
export type Quote = {
  price: number
  discount: number
  freeMinutes: number
  reward: Omit<DeliveryReward, 'state'> | null
}

/**
 * What a contact would cost with the reward that applies by itself ({@link chooseReward}). Changes nothing.
 *
 * @param asked our ids of both, when it begins, and what it costs before any discount
 */
export async function quote(
  db: Database,
  asked: { providerId: number; customerId: number; startsAt: Date } & Contact & { price: number },
): Promise<Quote> {
  const { timeZone } = await readSettings(db)
  const on = dayOf(asked.startsAt, timeZone)
  const usable = await rows<Usable>(
    db,
    `SELECT id, kind, amount, percent, ceiling, minutes, minutes_used, valid_from, valid_to
     FROM rewards FORCE INDEX (rewards_customer)
     WHERE customer_id = ? AND provider_id = ? AND state = 'active' AND valid_from <= ? AND valid_to >= ?`,
    [asked.customerId, asked.providerId, on, on],
  )
  const chosen = chooseReward(usable, asked, on)
  if (chosen === null) return { price: asked.price, discount: 0, freeMinutes: 0, reward: null }
  const { id, minutes_used: _used, ...size } = chosen.reward
  const { discount, minutes } = chosen.takenOff
  return { price: asked.price, discount, freeMinutes: minutes, reward: { id: String(id), ...size } }
}
