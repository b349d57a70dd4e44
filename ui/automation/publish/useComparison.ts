import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Automation as Stored } from '../../../api/contract/automations.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { type AutomationChange, compareAutomations } from '../../../rules/automations/compare.ts'
import { automationVersionsQuery } from '../../client/automations.ts'
import type { AutomationView, Difference } from '../automationView.ts'
import { stepCard } from '../flow/automationFlow.ts'
import { isAutomation } from '../keeping/isAutomation.ts'

/** Compares what is on the canvas with an earlier version, and marks on the cards what became of them. */
export function useComparison(stored: Stored, automation: Automation, view: AutomationView) {
  const [compared, compareWith] = useState<number | null>(null)
  const versions = useQuery({ ...automationVersionsQuery(stored.id), enabled: stored.version > 0 }).data?.items
  const other = versions?.find(({ version }) => version === compared)?.definition
  useEffect(() => {
    const changes = isAutomation(other) ? compareAutomations(other, automation) : []
    view.differences.set(new Map(changes.flatMap(marked)))
  }, [other, automation, view.differences])
  return { compared, compareWith }
}

/** The card that a change is marked on; what is gone has none. */
function marked(change: AutomationChange): [string, Difference][] {
  if (!('after' in change)) return []
  const { after } = change
  if (after.of === 'step') return [[stepCard(after.id), change.kind]]
  if (after.of === 'exit') return [['unless:', 'changed']]
  return [[after.of === 'goal' ? 'goal:' : 'when:', 'changed']]
}
