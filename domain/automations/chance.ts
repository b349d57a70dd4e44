import { createHash } from 'node:crypto'

/**
 * What chance says of a customer: a number from 0 up to 100, the same for the same seed whenever it is asked. Nothing about
 * the customer goes into it but the number that we gave them.
 */
export function chanceOf(seed: string, customerId: number): number {
  const hash = createHash('sha256').update(`${seed}:${customerId}`).digest()
  return (hash.readUIntBE(0, 6) / 2 ** 48) * 100
}

/** Who is held out of an automation, by {@link chanceOf}. */
export const holdoutSeed = (automationId: number): string => `holdout:${automationId}`

/** Which way a split leads, by {@link chanceOf}. */
export const splitSeed = (automationId: number, step: string): string => `split:${automationId}:${step}`
