import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { createSegment, type Segment } from '../../api/contract/segments.ts'
import type { Rule } from '../../rules/rule.ts'
import { call } from '../client/call.ts'
import { segmentQuery, segmentsQuery } from '../client/segments.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { isDrawable } from './keeping/drawable.ts'
import { NameSegment } from './panel/NameSegment.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import type { ToSave } from './useSaveRule.ts'

/** A rule without a condition: everybody. */
const EMPTY = { all: [] }

/** A segment before it is stored: an empty canvas, to be named and drawn. */
export default function NewSegmentPage() {
  const text = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<Segment['scope']>('business')
  const called = name.trim()
  const {
    isPending,
    data: stored,
    mutate,
  } = useMutation({
    mutationFn: ({ rule }: ToSave) =>
      call(createSegment, {
        body: { name: called, scope, rule: rule as Record<string, unknown> },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: (segment) => {
      client.setQueryData(segmentQuery(segment.id).queryKey, segment)
      void client.invalidateQueries({ queryKey: segmentsQuery.queryKey })
      notifyDone(text('canvas.new.done'))
    },
    onError: notifyProblem,
  })
  // Only once the page knows that nothing is unsaved any more: it asks before that is left.
  useEffect(() => {
    if (stored) void navigate({ to: '/segments/$id/rule', params: { id: stored.id }, replace: true })
  }, [stored, navigate])
  const title = called === '' ? text('canvas.new') : called
  const asked = useSearch({ from: '/shell/segments/new' }).rule
  const segment = useMemo(() => unstored(title, scope, ruleIn(asked)), [title, scope, asked])
  return (
    <RuleEditor
      segment={segment}
      kept={null}
      followed={null}
      onFollow={undefined}
      save={{ isPending, mutate, isReady: called !== '', isDone: stored !== undefined }}
      naming={<NameSegment name={name} scope={scope} onName={setName} onScope={setScope} />}
    />
  )
}

/** The rule that another page has begun, in the address; an empty one when there is none that can be drawn. */
function ruleIn(json: string | undefined): Rule {
  try {
    const rule: unknown = JSON.parse(json ?? '')
    return isDrawable(rule) ? rule : EMPTY
  } catch {
    return EMPTY
  }
}

/** What a segment is that nobody has stored. */
const unstored = (name: string, scope: Segment['scope'], rule: Rule): Segment => ({
  id: '',
  name,
  note: '',
  scope,
  rule: rule as Record<string, unknown>,
  version: 0,
  members: 0,
  recalculation: { mode: 'live' },
  created_at: '',
  last_recalculated_at: null,
  next_recalculation_at: null,
  draft: null,
  recomputing: false,
})
