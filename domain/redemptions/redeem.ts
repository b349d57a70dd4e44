import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { postingNow } from '../ledger/postingNow.ts'
import { chooseReward } from '../rewards/chooseReward.ts'
import { readSettings } from '../settings/readSettings.ts'
import { type Redemption, readRedemption } from './redemption.ts'
import { transactOnce } from './transactOnce.ts'
import { whyNone } from './whyNone.ts'
import { HELD_REWARD, type HeldReward, writeUses } from './writeUses.ts'

/** Who redeems; `providerId` is there for somebody who may do so with that provider only. */
export type Actor = { by: string | null; providerId: number | null }

type Booking = {
  id: number
  customer_id: number
  provider_id: number | null
  state: string
  price: number | null
  minutes: number | null
  starts_on: Day
}

/**
 * Uses the reward that applies by itself on a booking and writes the lines of the ledger. Once, whatever is retried or
 * raced: asked again, the answer is what stands. The booking and the rewards are held meanwhile; where the database can't
 * hold them (on another node), its unique keys refuse the second one, and it looks again.
 *
 * @param booking the caller's id
 * @returns `fresh`: whether it was used now
 * @throws Problem 'not_found' for a booking that is not there; 'conflict' when no reward applies, with the reason
 */
export function redeem(
  db: Database,
  booking: string,
  actor: Actor,
  now: Date,
): Promise<Redemption & { fresh: boolean }> {
  return transactOnce(db, async (trx) => {
    const found = await holdBooking(trx, booking, actor)
    const standing = await readRedemption(trx, found.id)
    if (standing !== null) return { ...standing, fresh: false }
    const { customer_id: customerId, provider_id: providerId, price, starts_on: on } = found
    if (found.state === 'cancelled') throw refused('The booking was cancelled')
    if (providerId === null) throw refused('The booking names no provider: a reward is for one provider’s')
    if (price === null) throw refused('The booking has no price yet: send it first')
    if (price <= 0) throw refused('The booking costs nothing: the reward stays')
    const rewards = await rows<HeldReward>(
      trx,
      `SELECT ${HELD_REWARD} FROM rewards r FORCE INDEX (rewards_customer) WHERE r.customer_id = ? AND r.provider_id = ? AND r.state = 'active'
         AND r.valid_from <= ? AND r.valid_to >= ? ORDER BY r.id FOR UPDATE`,
      [customerId, providerId, on, on],
    )
    const chosen = chooseReward(rewards, found, on)
    if (chosen === null) throw refused(await whyNone(trx, { customerId, providerId, on }))
    const posting = await postingNow(trx, actor.by, now)
    const { freeMinutesCarryOn: carryOn } = await readSettings(trx)
    const { reward, takenOff } = chosen
    await writeUses(trx, { undone: [], uses: [{ bookingId: found.id, reward, price, ...takenOff }], carryOn }, posting)
    const redemption = await readRedemption(trx, found.id)
    if (redemption === null) throw new Error(`The redemption of booking ${booking} was not written`)
    return { ...redemption, fresh: true }
  })
}

const refused = (message: string) => new Problem('conflict', message, [{ path: '/booking', message }])

/**
 * Holds a booking until the transaction ends.
 *
 * @throws Problem 'not_found' when it is not there, was deleted, or is with another provider than the actor's
 */
export async function holdBooking(trx: Database, booking: string, { providerId }: Actor): Promise<Booking> {
  const [found] = await rows<Booking & { deleted: number }>(
    trx,
    `SELECT id, customer_id, provider_id, state, price, minutes, starts_on, deleted FROM bookings
     WHERE external_id = ? FOR UPDATE`,
    [booking],
  )
  const isTheirs = providerId === null || found?.provider_id === providerId
  if (found === undefined || found.deleted === 1 || !isTheirs) {
    const message = `There is no booking ${booking}`
    throw new Problem('not_found', message, [{ path: '/booking', message }])
  }
  return found
}
