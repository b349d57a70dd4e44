import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CustomerFilter } from '../../api/contract/customers.ts'
import { getMemberFacets, listMembers, type Segment } from '../../api/contract/segments.ts'
import { call } from '../client/call.ts'
import { filterToQuery } from '../shared/filter/customerFilter.ts'

const PAGE = 50

/**
 * The members of a segment that match a filter, part by part, and the choices of its filters with their numbers. Both
 * are asked for again when the number of members changes, so the list is as live as the number over it.
 *
 * @param provider whose customers are meant, in a segment that is evaluated for each
 */
export function useMembers(
  { id: segment, members: size }: Pick<Segment, 'id' | 'members'>,
  filter: CustomerFilter,
  provider: string | undefined,
) {
  const params = { id: segment }
  const query = { ...filterToQuery(filter), provider }
  const members = useInfiniteQuery({
    queryKey: ['segment', segment, 'members', filter, provider],
    queryFn: ({ pageParam, signal }) =>
      call(listMembers, { params, query: { ...query, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const facets = useQuery({
    queryKey: ['segment', segment, 'facets', filter, provider],
    queryFn: ({ signal }) => call(getMemberFacets, { params, query, signal }),
    placeholderData: keepPreviousData,
  })
  const queries = useQueryClient()
  const known = useRef(size)
  useEffect(() => {
    if (known.current === size) return
    known.current = size
    void queries.invalidateQueries({ queryKey: ['segment', segment, 'members'] })
    void queries.invalidateQueries({ queryKey: ['segment', segment, 'facets'] })
  }, [queries, segment, size])
  return { members, facets: facets.data }
}
