import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { segmentsOfProviderQuery, segmentsQuery } from '../client/segments.ts'

const EVERY = 5_000

/** All segments, kept current; those of providers counted for one of them, or for all together when it is null. */
export function useSegments(provider: string | null) {
  const together = useQuery({ ...segmentsQuery, refetchInterval: EVERY, enabled: provider === null })
  const ofOne = useQuery({
    ...segmentsOfProviderQuery(provider ?? ''),
    refetchInterval: EVERY,
    enabled: provider !== null,
    placeholderData: keepPreviousData,
  })
  return provider === null ? together : { ...ofOne, data: ofOne.data ?? together.data }
}
