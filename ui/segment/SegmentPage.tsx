import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { segmentQuery } from '../client/segments.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { Members } from './Members.tsx'
import { ProviderMembers } from './ProviderMembers.tsx'
import { SegmentAside } from './SegmentAside.tsx'
import { SegmentNote } from './SegmentNote.tsx'
import { SegmentTabs } from './SegmentTabs.tsx'

const route = getRouteApi('/shell/segments/$id')

/** One segment: its members, narrowed and picked, and what one can do with them. */
export function SegmentPage() {
  const text = useText()
  const { nameOf } = useSegmentWords()
  const { id } = route.useParams()
  const { provider } = route.useSearch()
  const { data: segment, error, refetch } = useQuery({ ...segmentQuery(id), refetchInterval: 5_000 })
  return (
    <Page
      title={segment ? nameOf(segment) : text('segments.title')}
      back={{ to: '/segments', search: provider === undefined ? {} : { provider } }}
      aside={segment && <SegmentAside segment={segment} provider={provider} />}
      actions={error && !segment ? undefined : <SegmentTabs id={id} provider={provider} />}
    >
      {segment ? (
        <>
          <SegmentNote segment={segment} />
          {segment.scope === 'business' ? (
            <Members segment={segment} key={id} />
          ) : (
            <ProviderMembers segment={segment} key={id} />
          )}
        </>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={9} />}</ListPanel>
      )}
    </Page>
  )
}
