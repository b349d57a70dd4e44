import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type DeliveryFilter, getDeliveryFacets, listDeliveries } from '../../api/contract/deliveries.ts'
import { call } from '../client/call.ts'

const PAGE = 50

/** The messages that match a filter, part by part, and the choices of its filters with their numbers. */
export function useDeliveries(filter: DeliveryFilter) {
  const deliveries = useInfiniteQuery({
    queryKey: ['deliveries', 'all', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listDeliveries, { query: { ...filter, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => ((data?.pages.length ?? 0) > 1 ? false : 10_000),
  })
  const facets = useQuery({
    queryKey: ['deliveries', 'facets', filter],
    queryFn: ({ signal }) => call(getDeliveryFacets, { query: filter, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  return { deliveries, facets: facets.data }
}
