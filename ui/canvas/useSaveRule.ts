import { useMutation, useQueryClient } from '@tanstack/react-query'
import { changeSegment, type Segment } from '../../api/contract/segments.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from '../client/call.ts'
import { segmentQuery, segmentsQuery } from '../client/segments.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

/** Stores a rule as the next version of its segment, which is then recomputed. */
export function useSaveRule(segmentId: string, onSaved: (segment: Segment) => void) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  return useMutation({
    mutationFn: (rule: Rule) =>
      call(changeSegment, { params: { id: segmentId }, body: { rule: rule as Record<string, unknown> } }),
    onSuccess: (segment) => {
      client.setQueryData(segmentQuery(segmentId).queryKey, segment)
      void client.invalidateQueries({ queryKey: segmentsQuery.queryKey })
      onSaved(segment)
      notifyDone(text('canvas.save.done', { version: segment.version }))
    },
    onError: notifyProblem,
  })
}
