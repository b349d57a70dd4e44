import { pairKey } from '../../segments/takeWork.ts'
import type { Doing } from '../act.ts'
import { holdsFor } from '../holdsFor.ts'

/** Each goes the first way whose rule holds for them, all rules asked at one instant in one statement. */
export const branch: Doing<'branch'> = async (trx, { version: { walk, definition }, step, whom }, now) => {
  const rules = step.branch.map((way) => way.if)
  const held = await holdsFor(trx, { scope: definition.scope, rules, pairs: whom }, now)
  return whom.map((who) => {
    const first = held.get(pairKey(who))?.indexOf(true) ?? -1
    const way = first === -1 ? 'else' : String(first)
    return { who, to: walk.into(step.id, way), outcome: way }
  })
}
