import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Backtest, cancelBacktest, getBacktest, startBacktest } from '../../api/contract/backtests.ts'
import type { Segment } from '../../api/contract/segments.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from '../client/call.ts'

/** How often a backtest that is running is asked how far it is, in milliseconds. */
const ASK_EVERY = 500

/** What is played. */
export type Played = { rule: Rule; scope: Segment['scope']; provider?: string | undefined }

/** A rule that is played over the last days when somebody asks for it: how far it is, with what came of it. */
export function useBacktest({ rule, scope, provider }: Played) {
  const [of, setOf] = useState<{ id: string; rule: Rule } | null>(null)
  const start = useMutation({
    mutationFn: () => call(startBacktest, { body: { rule: rule as Record<string, unknown>, scope, provider } }),
    onSuccess: ({ id }) => setOf({ id, rule }),
  })
  const id = of?.id ?? ''
  const query = useQuery({
    queryKey: ['backtest', id],
    queryFn: ({ signal }) => call(getBacktest, { params: { id }, signal }),
    enabled: id !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'running' || state.data === undefined ? ASK_EVERY : false),
  })
  const cancel = useMutation({
    mutationFn: () => call(cancelBacktest, { params: { id } }),
    onSuccess: () => query.refetch(),
  })
  const backtest: Backtest | undefined = of === null ? undefined : query.data
  return {
    backtest,
    /** Asked for, and not done. */
    running: start.isPending || (of !== null && (backtest === undefined || backtest.state === 'running')),
    /** What was played is not what the rule is now. */
    outdated: of !== null && of.rule !== rule,
    error: start.error ?? query.error ?? cancel.error,
    start: () => start.mutate(),
    cancel: () => cancel.mutate(),
  }
}
