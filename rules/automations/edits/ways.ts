import type { BranchWork, SplitWork, Step } from '../automation.ts'
import { waysOf } from '../steps.ts'

/** Steps whose ways can be more or fewer. */
type Splitting = Step & (BranchWork | SplitWork)

/** A way of a branch that everybody passes until its rule is drawn. */
export const newBranchWay = () => ({ if: { all: [] }, then: [] })

/** A step with another way at `index`. A way of a split takes half of the one before it, or of the first. */
export function withWay(step: Splitting, index: number): Step | 'no_room' {
  if ('branch' in step) return { ...step, branch: step.branch.toSpliced(index, 0, newBranchWay()) }
  const from = Math.max(0, Math.min(index, step.split.length) - 1)
  const giving = step.split[from]
  if (giving === undefined || giving.percent < 2) return 'no_room'
  const percent = Math.floor(giving.percent / 2)
  const split = step.split.with(from, { ...giving, percent: giving.percent - percent })
  return { ...step, split: split.toSpliced(index, 0, { percent, then: [] }) }
}

/** A step without a way, and without all that is in it. What a way of a split had goes to the one beside it. */
export function withoutWay(step: Splitting, way: string): Step | 'last_way' | undefined {
  const index = Number(way)
  if (way === 'else' || waysOf(step).every(({ name }) => name !== way)) return undefined
  if ('branch' in step) {
    return step.branch.length < 2 ? 'last_way' : { ...step, branch: step.branch.toSpliced(index, 1) }
  }
  const gone = step.split[index]
  if (step.split.length < 3 || gone === undefined) return 'last_way'
  const left = step.split.toSpliced(index, 1)
  const beside = Math.min(index, left.length - 1)
  const next = left[beside]
  return next ? { ...step, split: left.with(beside, { ...next, percent: next.percent + gone.percent }) } : undefined
}

/** A step with one of its ways at another place among them; undefined when that changes nothing. */
export function withWayAt(step: Splitting, way: string, to: number): Step | undefined {
  const ways: readonly unknown[] = 'branch' in step ? step.branch : step.split
  const index = Number(way)
  const one = ways[index]
  if (one === undefined || to === index || to < 0 || to >= ways.length) return undefined
  const next = ways.toSpliced(index, 1).toSpliced(to, 0, one)
  return { ...step, ['branch' in step ? 'branch' : 'split']: next } as Step
}

/** The step, if it is one whose ways can be more or fewer. */
export const asSplitting = (step: Step | undefined): Splitting | undefined =>
  step && ('branch' in step || 'split' in step) ? step : undefined
