import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getSeries } from '../../api/contract/segmentHistory.ts'
import { call } from '../client/call.ts'
import type { Period } from './period.ts'

/** How many were in a segment on each day of a period, perhaps of one provider's customers. */
export function useSizeOverTime(segment: string, { from, to, provider }: Period & { provider: string | undefined }) {
  return useQuery({
    queryKey: ['segment', segment, 'series', from, to, provider],
    queryFn: ({ signal }) => call(getSeries, { params: { id: segment }, query: { from, to, provider }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 20_000,
  })
}
