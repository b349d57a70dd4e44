import { createContext, useContext } from 'react'
import type { Path, Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { type Store, useStoreValue } from '../flow/store.ts'
import type { CountRef } from '../layout/ruleFlow.ts'
import { countAt, type RuleCounts } from './counts.ts'
import { type CustomerWay, isCounted } from './customerWay.ts'

/** What cards and lines of a rule read beside their own data. The same object for the life of a canvas. */
export type RuleView = {
  readonly counts: Store<RuleCounts>
  readonly way: Store<CustomerWay | null>
  /** Sentences about what is wrong, by the path of the card. */
  readonly problems: Store<ReadonlyMap<Path, readonly string[]>>
  /** What is odd about a card, by its path. */
  readonly warnings: Store<ReadonlyMap<Path, readonly string[]>>
  /** The number whose customers are shown in the panel. */
  readonly looked: Store<CountRef | null>
  /** The name of the segment. */
  readonly name: string
  readonly words: WordOptions
}

/** What one card shows. */
export type RuleCardData = Record<string, unknown> & { readonly path: Path; readonly rule: Rule }

export const RuleViewContext = createContext<RuleView | null>(null)

/** For cards and lines: only on the canvas of a rule. */
export function useRuleView(): RuleView {
  const view = useContext(RuleViewContext)
  if (!view) throw new Error('This is drawn on the canvas of a rule')
  return view
}

/** One number of the preview; drawn again only when this one changes. */
export function useCount(ref: CountRef): number | undefined {
  return useStoreValue(useRuleView().counts, (counts) => countAt(counts, ref))
}

/** Whether the numbers shown are still those of the rule before the last change. */
export const useStale = (): boolean => useStoreValue(useRuleView().counts, ({ stale }) => stale)

/** Whether the numbers shown are estimated from some of the customers, while a value is being dragged. */
export const useEstimated = (): boolean => useStoreValue(useRuleView().counts, ({ estimated }) => estimated ?? false)

/** Whether the customer who is followed is among those whom a number counts. */
export const useTraced = (ref: CountRef): boolean =>
  useStoreValue(useRuleView().way, (way) => way !== null && isCounted(way, ref))

/** The first thing that is wrong with a card. */
export const useProblem = (path: Path): string | undefined =>
  useStoreValue(useRuleView().problems, (problems) => problems.get(path)?.[0])

/** The first thing that is wrong with a node or anything in it: for a folded group. */
export const useProblemWithin = (path: Path): string | undefined =>
  useStoreValue(useRuleView().problems, (problems) => {
    const inside = [...problems].find(([card]) => card === path || card.startsWith(`${path}/`))
    return inside?.[1][0]
  })

/** The first thing that is odd about a card. */
export const useWarning = (path: Path): string | undefined =>
  useStoreValue(useRuleView().warnings, (warnings) => warnings.get(path)?.[0])

/** Whether the customers whom a number counts are shown in the panel, and a function that shows them there. */
export function useLook({ path, of }: CountRef): [looked: boolean, look: () => void] {
  const { looked } = useRuleView()
  const is = useStoreValue(looked, (at) => at !== null && at.path === path && at.of === of)
  return [is, () => looked.set({ path, of })]
}
