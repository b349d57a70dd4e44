import { queryOptions } from '@tanstack/react-query'
import { getSegment, listSegments } from '../../api/contract/segments.ts'
import { call } from './call.ts'

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: ({ signal }) => call(listSegments, { signal }),
})

/** One segment by its id ("slipping-away"). */
export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segment', id],
    queryFn: ({ signal }) => call(getSegment, { params: { id }, signal }),
  })
