import { useMemo } from 'react'
import type { Path } from '../../rules/rule.ts'
import { createStore } from './flow/store.ts'
import type { CountRef } from './layout/ruleFlow.ts'
import { noCounts, type RuleCounts } from './rule/counts.ts'
import type { CustomerWay } from './rule/customerWay.ts'
import type { RuleView } from './rule/ruleView.ts'
import { useWordOptions } from './rule/useWordOptions.ts'

/** What the cards of one canvas read; made once. */
export function useRuleViewOf(name: string): RuleView {
  const words = useWordOptions()
  const stores = useMemo(
    () => ({
      counts: createStore<RuleCounts>(noCounts),
      way: createStore<CustomerWay | null>(null),
      problems: createStore<ReadonlyMap<Path, readonly string[]>>(new Map()),
      warnings: createStore<ReadonlyMap<Path, readonly string[]>>(new Map()),
      looked: createStore<CountRef | null>(null),
    }),
    [],
  )
  return useMemo(() => ({ ...stores, name, words }), [stores, name, words])
}
