import {
  type Icon,
  IconCalendarEvent,
  IconCash,
  IconCircles,
  IconGift,
  IconGiftOff,
  IconGitMerge,
  IconMail,
  IconMessage,
  IconNote,
  IconReceipt,
  IconRoute2,
  IconRouteOff,
  IconStar,
  IconTimelineEvent,
  IconUserStar,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { getTimeline, type TimelineEntry } from '../../api/contract/timeline.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { NoteEntry } from './NoteEntry.tsx'
import { NoteField } from './NoteField.tsx'
import { StepEntry } from './StepEntry.tsx'
import classes from './Timeline.module.css'
import { kindsOf, TimelineFilter, type TimelineGroup } from './TimelineFilter.tsx'
import { Told } from './Told.tsx'
import { useEntryWords } from './useEntryWords.ts'

const SIGNS: Record<TimelineEntry['kind'], Icon> = {
  note: IconNote,
  status: IconUserStar,
  segment: IconCircles,
  delivery: IconMail,
  review: IconStar,
  payment: IconCash,
  interaction: IconMessage,
  booking: IconCalendarEvent,
  merge: IconGitMerge,
  reward: IconGift,
  redemption: IconReceipt,
  expiry: IconGiftOff,
  enrolment: IconRoute2,
  step: IconRoute2,
  ending: IconRouteOff,
}

/** Everything that happened to a customer, newest first. */
export function Timeline({ customer: { id } }: { customer: CustomerProfile }) {
  const text = useText()
  const words = useEntryWords()
  const mayWrite = useMay('notes.write')
  const [groups, setGroups] = useState<TimelineGroup[]>([])
  const kind = kindsOf(groups)
  const entries = useInfiniteQuery({
    queryKey: ['timeline', id, kind],
    queryFn: ({ pageParam, signal }) =>
      call(getTimeline, { params: { id }, query: { limit: 50, cursor: pageParam, kind }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return (
    <ListPanel>
      {mayWrite && (
        <div className={classes.write}>
          <NoteField customer={id} />
        </div>
      )}
      <TimelineFilter chosen={groups} onChange={setGroups} />
      <PagedList
        query={entries}
        loading={{ rows: 10 }}
        empty={
          groups.length > 0 ? (
            <EmptyState icon={IconTimelineEvent} title={text('timeline.noneOf')} text={text('timeline.noneOfText')} />
          ) : (
            <EmptyState
              icon={IconTimelineEvent}
              title={text('timeline.emptyTitle')}
              text={text('timeline.emptyText')}
            />
          )
        }
      >
        {(items) => (
          <ol className={classes.entries}>
            {items.map((entry, at) => {
              const Sign = SIGNS[entry.kind]
              return (
                <li
                  key={entry.kind === 'note' ? `note ${entry.note}` : at}
                  className={classes.entry}
                  data-kind={entry.kind}
                >
                  <Sign size={18} aria-hidden="true" />
                  {entry.kind === 'note' && <NoteEntry customer={id} entry={entry} />}
                  {entry.kind === 'step' && <StepEntry entry={entry} />}
                  {entry.kind !== 'note' && entry.kind !== 'step' && <Told {...words(entry)} />}
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
