import { queryOptions } from '@tanstack/react-query'
import { listApiKeys, listUsers } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => call(listUsers, { signal }),
})

export const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => call(listApiKeys, { signal }),
})
