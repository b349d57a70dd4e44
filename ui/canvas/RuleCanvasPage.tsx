import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Draft } from '../../api/contract/segmentVersions.ts'
import { segmentQuery } from '../client/segments.ts'
import { draftQuery } from '../client/versions.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { PageLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import { useFollowed } from './useFollowed.ts'
import { useSaveRule } from './useSaveRule.ts'

const WHILE_RECOMPUTING = 1_000
const OTHERWISE = 20_000

/** The rule of a segment, drawn as the funnel that its customers fall through, to be looked at and changed. */
export default function RuleCanvasPage({ segmentId }: { segmentId: string }) {
  const text = useText()
  const segment = useQuery({
    ...segmentQuery(segmentId),
    refetchInterval: ({ state }) => (state.data?.recomputing ? WHILE_RECOMPUTING : OTHERWISE),
  })
  const [followed, follow] = useFollowed(segmentId)
  const save = useSaveRule(segmentId)
  // what is in hand from an earlier visit may be older than what is kept
  const { data: kept, isFetchedAfterMount, ...draft } = useQuery({ ...draftQuery(segmentId), refetchOnMount: 'always' })
  const [opened, setOpened] = useState<Draft | null>()
  if (opened === undefined && kept !== undefined && isFetchedAfterMount) setOpened(kept)
  const error = segment.error ?? draft.error
  if (segment.data && opened !== undefined) {
    const props = { segment: segment.data, kept: opened, followed, onFollow: follow, save }
    return <RuleEditor key={segmentId} {...props} />
  }
  const retry = () => {
    void segment.refetch()
    void draft.refetch()
  }
  return (
    <Page title={text('canvas.title')} back={{ to: '/segments' }}>
      {error ? <ErrorState error={error} onRetry={retry} /> : <PageLoading />}
    </Page>
  )
}
