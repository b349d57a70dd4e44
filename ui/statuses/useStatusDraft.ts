import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { putStatusAutomation, type StatusAutomation, type StatusRule } from '../../api/contract/statusAutomation.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import {
  automationQuery,
  draftOf,
  draftQuery,
  isChanged,
  type StatusDraft,
  statusVersionsQuery,
} from './statusDraft.ts'

/** The draft of the status rules, what changes it, and how it is saved or thrown away. */
export function useStatusDraft(saved: StatusAutomation) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const draft = useQuery(draftQuery).data ?? draftOf(saved)
  const set = (next: StatusDraft): void => {
    queries.setQueryData(draftQuery.queryKey, isChanged(next, saved) ? next : null)
  }
  const discard = (): void => {
    queries.setQueryData(draftQuery.queryKey, null)
  }
  const save = useMutation({
    mutationFn: () => {
      const { version, enabled, rules, anew } = draft
      return call(putStatusAutomation, { body: { version, enabled, rules, anew } })
    },
    onSuccess: (stored) => {
      discard()
      queries.setQueryData(automationQuery.queryKey, stored)
      void queries.invalidateQueries({ queryKey: statusVersionsQuery.queryKey })
      for (const name of ['customers', 'customer']) void queries.invalidateQueries({ queryKey: [name] })
      notifyDone(text('statuses.saved'))
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'conflict') void queries.invalidateQueries(automationQuery)
      notifyProblem(error)
    },
  })
  return {
    draft,
    changed: isChanged(draft, saved),
    save,
    discard,
    setEnabled: (enabled: boolean) => set({ ...draft, enabled }),
    setAnew: (anew: boolean) => set({ ...draft, anew }),
    setRule: (id: string, change: Partial<StatusRule>) =>
      set({ ...draft, rules: draft.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)) }),
    /** Takes up the rules of another version: as a draft, so that what they do is seen before they are saved. */
    takeUp: ({ enabled, rules }: Pick<StatusDraft, 'enabled' | 'rules'>) =>
      set({ ...draft, version: saved.version, enabled, rules }),
    setRules: (rules: StatusRule[]) => set({ ...draft, rules }),
    removeRule: (id: string) => set({ ...draft, rules: draft.rules.filter((rule) => rule.id !== id) }),
  }
}

export type StatusDrafting = ReturnType<typeof useStatusDraft>
