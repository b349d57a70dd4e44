import { z } from 'zod'
import { channel, countedListOf, externalId, instant, page, suppressionKind } from './common.ts'
import { endpoint } from './endpoint.ts'

const suppression = z.object({
  customer: z.object({ id: externalId, name: z.string() }),
  provider: externalId.nullable(),
  channel,
  kind: suppressionKind,
  reason: z.enum(['unsubscribed', 'bounced', 'complained', 'by_hand']),
  source: z.string(),
  since: instant,
})
const ofCustomer = z.object({ customer: externalId })
const which = z.object({
  provider: externalId.optional(),
  channel: channel.default('email'),
  kind: suppressionKind.default('all'),
})

export const listSuppressions = endpoint({
  method: 'get',
  path: '/suppressions',
  permission: 'suppressions.read',
  summary: 'Who gets nothing, and why',
  query: page,
  answer: countedListOf(suppression),
})
export const suppress = endpoint({
  method: 'put',
  path: '/suppressions/{customer}',
  permission: 'suppressions.write',
  summary: 'Send nothing more to a customer',
  params: ofCustomer,
  query: which,
  body: z
    .strictObject({
      reason: z.enum(['unsubscribed', 'bounced', 'complained', 'by_hand']).optional(),
      source: z.string().max(200).optional(),
    })
    .optional(),
  answer: suppression,
})
export const unsuppress = endpoint({
  method: 'delete',
  path: '/suppressions/{customer}',
  permission: 'suppressions.write',
  summary: 'Write again to a customer',
  params: ofCustomer,
  query: which,
})
