import { useMemo } from 'react'
import { createStore } from '../canvas/flow/store.ts'
import {
  type AutomationView,
  type CustomerWay,
  type Difference,
  type Numbers,
  noNumbers,
  type Remark,
} from './automationView.ts'
import { useAutomationWords } from './useAutomationWords.ts'

/** What the cards of one canvas read; made once. */
export function useAutomationViewOf(name: string, isReadOnly: boolean): AutomationView {
  const words = useAutomationWords()
  const stores = useMemo(
    () => ({
      numbers: createStore<Numbers>(noNumbers),
      remarks: createStore<ReadonlyMap<string, readonly Remark[]>>(new Map()),
      way: createStore<CustomerWay | null>(null),
      differences: createStore<ReadonlyMap<string, Difference>>(new Map()),
    }),
    [],
  )
  return useMemo(() => ({ ...stores, name, words, isReadOnly }), [stores, name, words, isReadOnly])
}
