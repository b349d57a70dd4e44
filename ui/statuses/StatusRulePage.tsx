import { Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { status } from '../../api/contract/common.ts'
import type { Segment } from '../../api/contract/segments.ts'
import { previewStatusAutomation, type StatusAutomation, type StatusRule } from '../../api/contract/statusAutomation.ts'
import panel from '../canvas/panel/panel.module.css'
import { RuleEditor } from '../canvas/RuleEditor.tsx'
import type { ToSave } from '../canvas/useSaveRule.ts'
import { call } from '../client/call.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { PageLoading } from '../shared/Loading.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { useRuleName } from './RuleRow.tsx'
import { automationQuery, draftOf, draftQuery, freeId } from './statusDraft.ts'

const route = getRouteApi('/shell/settings/statuses/rule')

/** A status rule on the canvas: taken over into the draft of the rules, which is saved where all of them stand. */
export default function StatusRulePage() {
  const text = useText()
  const { data, error, refetch } = useQuery(automationQuery)
  if (data) return <Drawn saved={data} />
  return (
    <Page title={text('statuses.title')} back={{ to: '/settings/statuses' }}>
      {error ? <ErrorState error={error} onRetry={refetch} /> : <PageLoading />}
    </Page>
  )
}

function Drawn({ saved }: { saved: StatusAutomation }) {
  const text = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  const search = route.useSearch()
  const draft = useQuery(draftQuery).data ?? draftOf(saved)
  const before = draft.rules.find(({ id }) => id === search.rule)
  const way = {
    from: before?.from ?? status.safeParse(search.from).data ?? 'lead',
    to: before?.to ?? status.safeParse(search.to).data ?? 'customer',
  }
  const name = useRuleName()({ id: before?.id ?? '', ...way })
  const taken = useMutation({
    mutationFn: async ({ rule }: ToSave) => {
      const drawn = rule as unknown as StatusRule['rule']
      const rules = before
        ? draft.rules.map((one) => (one === before ? { ...one, rule: drawn } : one))
        : [...draft.rules, { id: freeId(way, draft.rules), enabled: true, ...way, rule: drawn }]
      // what the server would refuse later is said here, where it can be changed
      await call(previewStatusAutomation, { body: { enabled: draft.enabled, rules } })
      return { ...draft, rules }
    },
    onSuccess: (next) => {
      queries.setQueryData(draftQuery.queryKey, next)
    },
    onError: notifyProblem,
  })
  const { isSuccess } = taken
  // only once the editor knows that nothing is lost: it asks before it is left
  useEffect(() => {
    if (isSuccess) void navigate({ to: '/settings/statuses' })
  }, [isSuccess, navigate])
  const drawn = before?.rule
  const segment = useMemo(() => asSegment(name, drawn), [name, drawn])
  return (
    <RuleEditor
      segment={segment}
      kept={null}
      followed={null}
      onFollow={undefined}
      save={{
        isPending: taken.isPending,
        isReady: true,
        isDone: isSuccess,
        mutate: (asked) => taken.mutate(asked),
      }}
      taking={{ label: text('statuses.take'), back: { to: '/settings/statuses' } }}
      naming={
        <section className={panel.section}>
          <Text fz="sm">
            {text('statuses.drawing', { from: text(`status.${way.from}`), to: text(`status.${way.to}`) })}
          </Text>
          <Text fz="xs" c="dimmed" mt={4}>
            {text('statuses.drawingHint')}
          </Text>
        </section>
      }
    />
  )
}

/** The editor draws rules of segments: a status rule is one over the whole business. */
const asSegment = (name: string, rule: StatusRule['rule'] | undefined): Segment => ({
  id: '',
  name,
  note: '',
  scope: 'business',
  rule: rule ?? { all: [] },
  version: 0,
  members: 0,
  recalculation: { mode: 'live' },
  created_at: '',
  last_recalculated_at: null,
  next_recalculation_at: null,
  draft: null,
  recomputing: false,
})
