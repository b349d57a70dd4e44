import { queryOptions } from '@tanstack/react-query'
import { getSegment, listSegments } from '../../api/contract/segments.ts'
import { call } from './call.ts'

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: ({ signal }) => call(listSegments, { signal }),
})

/** All segments, those of providers counted for one of them. */
export const segmentsOfProviderQuery = (provider: string) =>
  queryOptions({
    queryKey: ['segments', provider],
    queryFn: ({ signal }) => call(listSegments, { query: { provider }, signal }),
  })

/** One segment by its id ("slipping-away"). */
export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segment', id],
    queryFn: ({ signal }) => call(getSegment, { params: { id }, signal }),
  })

/** One segment that is evaluated for each provider, counted for one of them. */
export const segmentOfProviderQuery = (id: string, provider: string) =>
  queryOptions({
    queryKey: ['segment', id, 'of', provider],
    queryFn: ({ signal }) => call(getSegment, { params: { id }, query: { provider }, signal }),
  })
