import { queryOptions, useQuery } from '@tanstack/react-query'
import { listTags } from '../../api/contract/tags.ts'
import { call } from '../client/call.ts'

const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: ({ signal }) => call(listTags, { query: { limit: 500 }, signal }),
  staleTime: 30_000,
})

/** The tags that there are, commonest first, with how many customers have them. */
export const useKnownTags = (): readonly { tag: string; customers: number }[] => useQuery(tagsQuery).data?.items ?? []
