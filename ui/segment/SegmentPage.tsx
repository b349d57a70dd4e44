import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { segmentQuery } from '../client/segments.ts'
import { RecalculationBadge } from '../segments/RecalculationBadge.tsx'
import { Count } from '../shared/Count.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { Members } from './Members.tsx'
import { SegmentNote } from './SegmentNote.tsx'
import classes from './SegmentPage.module.css'
import { SegmentTabs } from './SegmentTabs.tsx'

const route = getRouteApi('/shell/segments/$id')

/** One segment: its members, narrowed and picked, and what one can do with them. */
export function SegmentPage() {
  const text = useText()
  const { id } = route.useParams()
  const { data: segment, error, refetch } = useQuery({ ...segmentQuery(id), refetchInterval: 5_000 })
  return (
    <Page
      title={segment?.name ?? text('segments.title')}
      back={{ to: '/segments' }}
      aside={
        segment && (
          <>
            <span className={classes.count}>
              <Count value={segment.members} />
            </span>
            <RecalculationBadge segment={segment} />
          </>
        )
      }
      actions={error && !segment ? undefined : <SegmentTabs id={id} />}
    >
      {segment ? (
        <>
          <SegmentNote segment={segment} />
          <Members segment={segment} key={id} />
        </>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={9} />}</ListPanel>
      )}
    </Page>
  )
}
