import { useCallback, useMemo, useState } from 'react'
import type { Automation } from '../../rules/automations/automation.ts'
import { withSteps } from '../../rules/automations/edits/sequences.ts'
import { stepsOf, waysOf } from '../../rules/automations/steps.ts'

/** An automation opens with at most so many steps; ways beyond are folded. */
const MOST_STEPS = 40

export type StepFolding = {
  readonly folded: ReadonlySet<string>
  readonly toggle: (step: string) => void
  /** Unfolds all that steps stand in. */
  readonly open: (steps: readonly string[]) => void
  readonly setAll: (fold: boolean) => void
  /** Whether there is enough to fold that folding all at once helps. */
  readonly isWorthIt: boolean
}

/** Which steps are drawn without their ways. Steps keep their ids, so what is folded stays so through every edit. */
export function useStepFolding(automation: Automation): StepFolding {
  const [folded, setFolded] = useState<ReadonlySet<string>>(() => foldedToFit(automation))
  const splitting = useMemo(
    () => stepsOf(automation).flatMap(({ step }) => (waysOf(step).length > 0 ? [step] : [])),
    [automation],
  )
  return {
    folded,
    toggle: useCallback(
      (step) => setFolded((before) => (before.has(step) ? without(before, [step]) : new Set([...before, step]))),
      [],
    ),
    open: useCallback(
      (steps) =>
        setFolded((before) => {
          if (before.size === 0 || steps.length === 0) return before
          const wanted = new Set(steps)
          const around = splitting.filter((step) =>
            withSteps(step).some((inner) => inner !== step && wanted.has(inner.id)),
          )
          return without(
            before,
            around.map(({ id }) => id),
          )
        }),
      [splitting],
    ),
    setAll: useCallback((fold) => setFolded(new Set(fold ? splitting.map(({ id }) => id) : [])), [splitting]),
    isWorthIt: splitting.length >= 3,
  }
}

const without = (folded: ReadonlySet<string>, steps: readonly string[]): ReadonlySet<string> => {
  const open = new Set(steps)
  return new Set([...folded].filter((step) => !open.has(step)))
}

/** The outermost steps whose ways are folded so that not too many are drawn, the largest first. */
function foldedToFit(automation: Automation): ReadonlySet<string> {
  let left = stepsOf(automation).length
  const folded = new Set<string>()
  const largest = automation.then
    .map((step) => ({ id: step.id, size: withSteps(step).length - 1 }))
    .sort((a, b) => b.size - a.size)
  for (const { id, size } of largest) {
    if (left <= MOST_STEPS || size === 0) break
    folded.add(id)
    left -= size
  }
  return folded
}
