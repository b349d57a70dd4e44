import { queryOptions } from '@tanstack/react-query'
import { listProviders } from '../../api/contract/providers.ts'
import { call } from './call.ts'

/** All providers by name; they change seldom. */
export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => call(listProviders, { signal }),
  staleTime: 60_000,
})
