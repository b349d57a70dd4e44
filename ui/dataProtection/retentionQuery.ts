import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getRetention, listRetentionRuns } from '../../api/contract/retention.ts'
import { call } from '../client/call.ts'

/** For how long what is kept. */
export const retentionQuery = queryOptions({
  queryKey: ['retention', 'periods'],
  queryFn: ({ signal }) => call(getRetention, { signal }),
})

/** What was removed in which night, newest first; asked again soon while one is at work. */
export const nightsQuery = infiniteQueryOptions({
  queryKey: ['retention', 'nights'],
  queryFn: ({ pageParam, signal }) => call(listRetentionRuns, { query: { limit: 10, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
  refetchInterval: ({ state: { data } }) =>
    data?.pages.some(({ items }) => items.some(({ state }) => state === 'running')) ? 1_500 : false,
})
