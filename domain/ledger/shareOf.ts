const MILLION = 1_000_000n

/** A share of a price as it is set (0.1) in millionths, in which it is reckoned. */
export const millionthsOf = (rate: number): number => Math.round(rate * 1_000_000)

/**
 * The share of a price, in minor units, rounded to the nearest; a half goes up. Exact for prices of any size.
 *
 * @param millionths as {@link millionthsOf} makes them
 */
export function shareOf(price: number, millionths: number): number {
  if (price <= 0) return 0
  return Number((BigInt(price) * BigInt(millionths) + MILLION / 2n) / MILLION)
}
