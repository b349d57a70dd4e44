import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getCommunication, getCustomer, getCustomerSegments } from '../../api/contract/customers.ts'
import { call } from './call.ts'

/** A customer's profile. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => call(getCustomer, { params: { id }, signal }),
  })

/** Every message to a customer, newest first. */
export const communicationQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', 'of-customer', id],
    queryFn: ({ pageParam, signal }) =>
      call(getCommunication, { params: { id }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** The segments that a customer is in. */
export const customerSegmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'segments'],
    queryFn: ({ signal }) => call(getCustomerSegments, { params: { id }, signal }),
  })
