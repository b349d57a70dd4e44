import type { Doing } from '../act.ts'
import { chanceOf, splitSeed } from '../chance.ts'

/** Each goes the way that chance has for them, the same however often they come by. */
export const split: Doing<'split'> = async (_trx, { version: { walk, automationId }, step, whom }) => {
  const seed = splitSeed(automationId, step.id)
  return whom.map((who) => {
    const chance = chanceOf(seed, who.customerId)
    let sum = 0
    const found = step.split.findIndex(({ percent }) => {
      sum += percent
      return chance < sum
    })
    const way = String(found === -1 ? step.split.length - 1 : found)
    return { who, to: walk.into(step.id, way), outcome: way }
  })
}
