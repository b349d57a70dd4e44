import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Preview, previewRule, type Segment } from '../../../api/contract/segments.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import type { Store } from '../flow/store.ts'
import { countsOf, type RuleCounts } from './counts.ts'
import { useSampled } from './useSampled.ts'

/** After this long without another change the numbers are asked for. */
const REST = 200

/** Others change the customers while the canvas is open. */
const REFRESH = 30_000

export type RulePreview = {
  /** Of the rule as it stands, or of the one before while its own is on its way. */
  readonly preview: Preview | undefined
  readonly stale: boolean
  readonly error: unknown
  /** The rule that `error` is about. */
  readonly asked: Rule
}

/**
 * The numbers of a rule, now: asked for when it rests, an older question is given up, an earlier rule's answer is kept
 * until the new one comes (and comes back at once on undo).
 * @param counts the store in which cards and lines read them
 * @param dragging a value is being dragged: numbers are estimated from a sample until it rests
 */
export function useRulePreview(
  rule: Rule,
  scope: Segment['scope'],
  counts: Store<RuleCounts>,
  dragging = false,
): RulePreview {
  const [resting] = useDebouncedValue(rule, REST)
  const query = useQuery({
    queryKey: ['preview', scope, resting],
    queryFn: ({ signal }) => call(previewRule, { body: { rule: resting as Record<string, unknown>, scope }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH,
    retry: false,
  })
  const stale = resting !== rule || query.isPending || query.isPlaceholderData || query.isError
  const sampled = useSampled(rule, scope, dragging)
  const last = useRef<Preview>(undefined)
  useEffect(() => {
    last.current = query.data ?? last.current
  }, [query.data])
  // A rule that is refused has no numbers: those before stay, grey.
  const estimate = stale ? sampled : null
  const preview = estimate ?? query.data ?? last.current

  useEffect(() => {
    counts.set(preview ? countsOf(preview, stale && estimate === null) : { ...counts.get(), stale: true })
  }, [preview, stale, estimate, counts])

  return { preview, stale, error: query.error, asked: resting }
}
