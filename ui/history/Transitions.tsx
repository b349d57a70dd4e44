import { Table } from '@mantine/core'
import { IconArrowsUpDown } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getTransitions, type Transition } from '../../api/contract/segmentHistory.ts'
import type { Segment } from '../../api/contract/segments.ts'
import type { Day } from '../../rules/time.ts'
import { call } from '../client/call.ts'
import { providersQuery } from '../client/providers.ts'
import { Why } from '../segment/Why.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import type { Cause, Way } from './causes.ts'
import { TransitionRow } from './TransitionRow.tsx'

const PAGE = 50

export type TransitionsAsked = {
  from: Day
  to: Day
  provider: string | undefined
  causes: readonly Cause[]
  way: Way | null
}

/** Who entered and left, newest first, part by part. */
export function Transitions({ segment, asked }: { segment: Segment; asked: TransitionsAsked }) {
  const text = useText()
  const [why, setWhy] = useState<Transition | null>(null)
  const names = new Map(useQuery(providersQuery).data?.items.map(({ id, name }) => [id, name]))
  const { from, to, provider, causes, way } = asked
  const transitions = useInfiniteQuery({
    queryKey: ['segment', segment.id, 'transitions', asked],
    queryFn: ({ pageParam, signal }) =>
      call(getTransitions, {
        params: { id: segment.id },
        query: {
          ...{ from, to, provider, limit: PAGE, cursor: pageParam },
          cause: [...causes],
          entered: way === null ? undefined : way === 'entered',
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PagedList
        query={transitions}
        loading={{ rows: 6 }}
        empty={
          <EmptyState icon={IconArrowsUpDown} title={text('history.emptyTitle')} text={text('history.emptyText')} />
        }
      >
        {(rows) => (
          <Table highlightOnHover verticalSpacing={8} aria-label={text('history.who')}>
            <Table.Tbody>
              {rows.map((transition) => (
                <TransitionRow
                  key={`${transition.at} ${transition.customer.id} ${transition.provider} ${transition.entered}`}
                  transition={transition}
                  provider={
                    provider === undefined && transition.provider !== null
                      ? (names.get(transition.provider) ?? transition.provider)
                      : null
                  }
                  onWhy={() => setWhy(transition)}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </PagedList>
      <Why
        segment={segment}
        customer={why?.customer ?? null}
        provider={why?.provider ?? undefined}
        onClose={() => setWhy(null)}
      />
    </>
  )
}
