import type { Reward } from './reward.ts'

/** What a reward may take off a contact: its size, for free minutes those that are left. */
export type Size = Pick<Reward, 'kind' | 'amount' | 'percent' | 'ceiling' | 'minutes'>

/** A contact as it is asked for or was booked: its price in minor units, before any discount, and how long it is. */
export type Contact = { price: number | null; minutes: number | null }

/** How much less it costs, and how many free minutes that takes; of a voucher none. */
export type TakenOff = { discount: number; minutes: number }

const NOTHING: TakenOff = { discount: 0, minutes: 0 }

/**
 * What a reward takes off a contact, in minor units, rounded down: never more than was promised, nor than the price. Of
 * what a voucher is worth beyond the price nothing is left. Free minutes cost their share of the price, all of it when
 * the whole contact is free.
 */
export function takesOff({ kind, amount, percent, ceiling, minutes }: Size, contact: Contact): TakenOff {
  const price = contact.price ?? 0
  if (price <= 0) return NOTHING
  if (kind === 'free_minutes') {
    const length = contact.minutes ?? 0
    const free = Math.min(minutes ?? 0, length)
    if (free <= 0) return NOTHING
    const discount = shareDown(price, free, length)
    return discount === 0 ? NOTHING : { discount, minutes: free }
  }
  const worth = amount ?? Math.min(shareDown(price, percent ?? 0, 100), ceiling ?? Number.MAX_SAFE_INTEGER)
  return { discount: Math.min(worth, price), minutes: 0 }
}

/** price × part ÷ whole, rounded down; exact for prices of any size. */
const shareDown = (price: number, part: number, whole: number): number =>
  Number((BigInt(price) * BigInt(part)) / BigInt(whole))
