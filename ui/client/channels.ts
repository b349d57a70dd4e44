import { queryOptions } from '@tanstack/react-query'
import { listChannels } from '../../api/contract/channels.ts'
import { call } from './call.ts'

/** The ways to reach customers, and whether they are set up. */
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async ({ signal }) => (await call(listChannels, { signal })).items,
  staleTime: 10 * 60_000,
})
