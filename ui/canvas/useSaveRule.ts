import { useMutation, useQueryClient } from '@tanstack/react-query'
import { changeSegment, type Segment } from '../../api/contract/segments.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from '../client/call.ts'
import { segmentQuery, segmentsQuery } from '../client/segments.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

/** How the rule on the canvas is stored. */
export type SaveRule = {
  readonly isPending: boolean
  /** What is asked for beside the rule is there. */
  readonly isReady: boolean
  /** It was stored, and the page is about to be left. */
  readonly isDone: boolean
  readonly mutate: (rule: Rule, options: { onSuccess: (segment: Segment) => void }) => void
}

/** Stores a rule as the next version of its segment, which is then recomputed. */
export function useSaveRule(segmentId: string): SaveRule {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { isPending, mutate } = useMutation({
    mutationFn: (rule: Rule) =>
      call(changeSegment, { params: { id: segmentId }, body: { rule: rule as Record<string, unknown> } }),
    onSuccess: (segment) => {
      client.setQueryData(segmentQuery(segmentId).queryKey, segment)
      void client.invalidateQueries({ queryKey: segmentsQuery.queryKey })
      notifyDone(text('canvas.save.done', { version: segment.version }))
    },
    onError: notifyProblem,
  })
  return { isPending, mutate, isReady: true, isDone: false }
}
