import { useQuery } from '@tanstack/react-query'
import { segmentQuery } from '../client/segments.ts'
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
  if (segment.data) {
    return <RuleEditor key={segmentId} segment={segment.data} followed={followed} onFollow={follow} save={save} />
  }
  return (
    <Page title={text('canvas.title')} back={{ to: '/segments' }}>
      {segment.error ? <ErrorState error={segment.error} onRetry={() => void segment.refetch()} /> : <PageLoading />}
    </Page>
  )
}
