import { infiniteQueryOptions } from '@tanstack/react-query'
import { listErasures } from '../../api/contract/erasures.ts'
import { call } from '../client/call.ts'

/** Erasures, newest first; asked again soon while one is running. */
export const erasuresQuery = infiniteQueryOptions({
  queryKey: ['erasures'],
  queryFn: ({ pageParam, signal }) => call(listErasures, { query: { limit: 30, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.next ?? undefined,
  refetchInterval: ({ state: { data } }) =>
    data?.pages.some(({ items }) => items.some(({ state }) => state === 'running')) ? 1_000 : false,
})
