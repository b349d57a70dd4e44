import { queryOptions } from '@tanstack/react-query'
import { getWebhook, listWebhooks } from '../../api/contract/webhooks.ts'
import { call } from '../client/call.ts'

/** What goes on behind the page changes by itself: looked at again so often, in milliseconds. */
const AGAIN = 5_000

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => call(listWebhooks, { signal }),
  refetchInterval: AGAIN,
})

export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => call(getWebhook, { params: { id }, signal }),
    refetchInterval: AGAIN,
  })
