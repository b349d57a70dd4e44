import {
  type Icon,
  IconCalendarEvent,
  IconCash,
  IconCircles,
  IconMail,
  IconMessage,
  IconStar,
  IconTimelineEvent,
  IconUserStar,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { getTimeline, type TimelineEntry } from '../../api/contract/timeline.ts'
import { call } from '../client/call.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Timeline.module.css'
import { useEntryWords } from './useEntryWords.ts'

const SIGNS: Record<TimelineEntry['kind'], Icon> = {
  status: IconUserStar,
  segment: IconCircles,
  delivery: IconMail,
  review: IconStar,
  payment: IconCash,
  interaction: IconMessage,
  booking: IconCalendarEvent,
}

/** Everything that happened to a customer, newest first. */
export function Timeline({ customer: { id } }: { customer: CustomerProfile }) {
  const text = useText()
  const words = useEntryWords()
  const entries = useInfiniteQuery({
    queryKey: ['timeline', id],
    queryFn: ({ pageParam, signal }) =>
      call(getTimeline, { params: { id }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return (
    <ListPanel>
      <PagedList
        query={entries}
        loading={{ rows: 10 }}
        empty={
          <EmptyState icon={IconTimelineEvent} title={text('timeline.emptyTitle')} text={text('timeline.emptyText')} />
        }
      >
        {(items) => (
          <ol className={classes.entries}>
            {items.map((entry, at) => {
              const Sign = SIGNS[entry.kind]
              const { said, aside } = words(entry)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
                <li key={at} className={classes.entry} data-kind={entry.kind}>
                  <Sign size={18} aria-hidden="true" />
                  <div>
                    <span>{said}</span>
                    {aside.length > 0 && <span className={classes.aside}>{aside.join(' · ')}</span>}
                  </div>
                  <span className={classes.when}>
                    <Instant at={entry.at} time />
                  </span>
                </li>
              )
            })}
          </ol>
        )}
      </PagedList>
    </ListPanel>
  )
}
