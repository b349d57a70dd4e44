import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Segment } from '../../api/contract/segments.ts'
import { publishRule } from '../../api/contract/segmentVersions.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from '../client/call.ts'
import { ProblemError } from '../client/problem.ts'
import { segmentQuery, segmentsQuery } from '../client/segments.ts'
import { asJson, versionsQuery } from '../client/versions.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

/** What is stored: a rule, what is said about it, and the newest version that whoever publishes has seen. */
export type ToSave = { readonly rule: Rule; readonly note: string; readonly seen: number }

/** How the rule on the canvas is stored. */
export type SaveRule = {
  readonly isPending: boolean
  /** What is asked for beside the rule is there. */
  readonly isReady: boolean
  /** It was stored, and the page is about to be left. */
  readonly isDone: boolean
  readonly mutate: (asked: ToSave, options: { onSuccess: (segment: Segment) => void }) => void
}

/**
 * Publishes a rule as the next version of its segment, which is then recomputed. When somebody else was faster, the
 * segment is read again, so that the dialogue says so and compares with theirs.
 */
export function useSaveRule(segmentId: string): SaveRule {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { isPending, mutate } = useMutation({
    mutationFn: ({ rule, note, seen }: ToSave) =>
      call(publishRule, { params: { id: segmentId }, body: { rule: asJson(rule), base_version: seen, note } }),
    onSuccess: (segment) => {
      client.setQueryData(segmentQuery(segmentId).queryKey, segment)
      void client.invalidateQueries({ queryKey: segmentsQuery.queryKey })
      void client.invalidateQueries({ queryKey: versionsQuery(segmentId).queryKey })
      notifyDone(text('publish.done', { version: segment.version }))
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.code === 'conflict') {
        void client.invalidateQueries({ queryKey: segmentQuery(segmentId).queryKey })
      }
      notifyProblem(error)
    },
  })
  return { isPending, mutate, isReady: true, isDone: false }
}
