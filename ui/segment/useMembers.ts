import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import { getMemberFacets, listMembers } from '../../api/contract/segments.ts'
import { call } from '../client/call.ts'
import { filterToQuery } from '../shared/filter/customerFilter.ts'

const PAGE = 50

/** The members of a segment that match a filter, part by part, and the choices of its filters with their numbers. */
export function useMembers(segment: string, filter: CustomerFilter) {
  const params = { id: segment }
  const query = filterToQuery(filter)
  const members = useInfiniteQuery({
    queryKey: ['segment', segment, 'members', filter],
    queryFn: ({ pageParam, signal }) =>
      call(listMembers, { params, query: { ...query, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const facets = useQuery({
    queryKey: ['segment', segment, 'facets', filter],
    queryFn: ({ signal }) => call(getMemberFacets, { params, query, signal }),
    placeholderData: keepPreviousData,
  })
  return { members, facets: facets.data }
}
