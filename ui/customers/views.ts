import { queryOptions } from '@tanstack/react-query'
import { listCustomerViews } from '../../api/contract/customerList.ts'
import { call } from '../client/call.ts'

/** The views of the list of customers that one has saved, and those that others share. */
export const viewsQuery = queryOptions({
  queryKey: ['customer-views'],
  queryFn: ({ signal }) => call(listCustomerViews, { signal }),
  staleTime: 30_000,
})
