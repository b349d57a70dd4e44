import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { channel } from '../../api/contract/common.ts'
import { getConsents } from '../../api/contract/consents.ts'
import { getCommunication, getCustomer, getCustomerSegments } from '../../api/contract/customers.ts'
import type { deliveryKind } from '../../api/contract/deliveries.ts'
import { call } from './call.ts'

/** A customer's profile. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => call(getCustomer, { params: { id }, signal }),
  })

/** What a customer's history is narrowed by; `sent` false: what was not sent. */
export type CommunicationAsked = {
  sent?: boolean | undefined
  kind?: z.infer<typeof deliveryKind>[] | undefined
  channel?: z.infer<typeof channel>[] | undefined
}

/** Every message to a customer, newest first, and what was not sent. */
export const communicationQuery = (id: string, asked: CommunicationAsked = {}) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', 'of-customer', id, asked],
    queryFn: ({ pageParam, signal }) =>
      call(getCommunication, {
        params: { id },
        query: {
          ...asked,
          sent: asked.sent === undefined ? undefined : (`${asked.sent}` as const),
          limit: 50,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })

/** The segments that a customer is in. */
export const customerSegmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'segments'],
    queryFn: ({ signal }) => call(getCustomerSegments, { params: { id }, signal }),
  })

/** What a customer has said about being written to, over time. */
export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id, 'consents'],
    queryFn: ({ signal }) => call(getConsents, { params: { id }, signal }),
  })
