import { queryOptions } from '@tanstack/react-query'
import { getAccount } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'

/** One's own account, with where it is signed in. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => call(getAccount, { signal }),
})
