import { useInfiniteQuery } from '@tanstack/react-query'
import { getForecast } from '../../api/contract/backtests.ts'
import { call } from '../client/call.ts'

const DAYS = 14
const PAGE = 50
/** How often one that is being worked out is asked how far it is, in milliseconds. */
const ASK_EVERY = 700

/** Who enters and leaves a segment by time alone, part by part; anew for each number of members. */
export function useForecast({ id, members, version }: { id: string; members: number; version: number }) {
  const query = useInfiniteQuery({
    queryKey: ['segment', id, 'forecast', version, members],
    queryFn: ({ pageParam, signal }) =>
      call(getForecast, { params: { id }, query: { days: DAYS, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.state === 'running' ? ASK_EVERY : false),
    staleTime: 60_000,
  })
  return { ...query, first: query.data?.pages[0], customers: query.data?.pages.flatMap(({ customers }) => customers) }
}
