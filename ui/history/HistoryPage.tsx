import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { segmentQuery } from '../client/segments.ts'
import { SegmentAside } from '../segment/SegmentAside.tsx'
import { SegmentTabs } from '../segment/SegmentTabs.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { SegmentHistory } from './SegmentHistory.tsx'

const route = getRouteApi('/shell/segments/$id/history')

/** How a segment came to be what it is: its size over time, and who entered and left, when and why. */
export function HistoryPage() {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const { id } = route.useParams()
  const { provider } = route.useSearch()
  const { data: segment, error, refetch } = useQuery(segmentQuery(id))
  return (
    <Page
      title={segment ? nameOf(segment) : text('segments.title')}
      back={{ to: '/segments', search: provider === undefined ? {} : { provider } }}
      aside={segment && <SegmentAside segment={segment} provider={provider} />}
      actions={error && !segment ? undefined : <SegmentTabs id={id} provider={provider} />}
    >
      {segment ? (
        <SegmentHistory segment={segment} key={id} />
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={9} />}</ListPanel>
      )}
    </Page>
  )
}
