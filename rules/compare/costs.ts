import { canonical } from '../warnings/canonical.ts'
import type { Part } from './tree.ts'

/** What it costs to put in a part or take one out, without what is within it. */
export const costOf = ({ kind }: Part): number => (kind === 'condition' ? 10 : 6)

const TURNED = 5
const INVERTED = 5
/** More than to take out the one and put in the other. */
const NEVER = 100

/** The names of the members in which two conditions differ. */
function differing(one: Part, other: Part): number {
  const [a, b] = [one.condition ?? { fact: '', is: '' }, other.condition ?? { fact: '', is: '' }]
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].filter((name) => canonical(a[name]) !== canonical(b[name])).length
}

/**
 * What it costs to make one part out of another, without what is within them. A condition that is there before and after
 * is not made out of another one: it has stayed, or moved.
 */
export function changeCost(before: readonly Part[], after: readonly Part[]): (one: Part, other: Part) => number {
  const later = new Set(after.map(({ asked }) => asked))
  const common = new Set(before.map(({ asked }) => asked).filter((asked) => later.has(asked)))
  return (one, other) => {
    const inversion = one.inverted === other.inverted ? 0 : INVERTED
    if (one.condition === undefined && other.condition === undefined) {
      return inversion + (one.kind === other.kind ? 0 : TURNED)
    }
    if (one.condition?.fact !== other.condition?.fact) return NEVER
    if (one.asked === other.asked) return 0
    if (common.has(one.asked) || common.has(other.asked)) return NEVER
    const members = differing(one, other)
    return inversion + (members === 0 ? 0 : 4 + 2 * Math.min(members, 4))
  }
}
