import type { Recipients } from '../../../api/contract/orders.ts'

const keys = new WeakMap<Recipients, number>()
let last = 0

/**
 * A short name for a choice of recipients, the same for the same object: a choice can hold 100,000 ids, too many to be
 * compared at each stroke.
 */
export function recipientsKey(recipients: Recipients): number {
  const known = keys.get(recipients)
  if (known !== undefined) return known
  last += 1
  keys.set(recipients, last)
  return last
}
