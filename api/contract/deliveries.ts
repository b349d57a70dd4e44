import { z } from 'zod'
import { channel, countedListOf, day, externalId, listOf, page, several } from './common.ts'
import { delivery, deliveryState } from './customers.ts'
import { endpoint } from './endpoint.ts'

export const reaction = z.enum(['opened', 'clicked', 'not_opened', 'not_clicked'])
export const deliveryKind = z.enum(['one_off', 'loyalty', 'automation', 'test'])
const campaignId = z.string().regex(/^\d{1,15}$/, 'Allowed is the id of a campaign')
const templateId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'Allowed is the id of a template')
/** A provider’s id, or ~ for the business itself. */
const writer = z.union([externalId, z.literal('~')])
const text = z.string().max(200).meta({
  description: 'Beginning of a customer’s name, address, user name or id; or part of a campaign’s name or subject',
})

/** What numbers of a report lead to; each goes with the campaign. */
const details = {
  variant: z.enum(['a', 'b']).optional().meta({ description: 'Which of two compared messages' }),
  bounce: z
    .string()
    .regex(/^[a-z_]{1,16}$/)
    .optional()
    .meta({ description: 'Class of a bounce' }),
  domain: z.string().min(1).max(255).optional().meta({ description: 'Mail domain of the address' }),
  link: z.string().min(1).max(2_048).optional().meta({ description: 'A link that a person followed' }),
  wish: z.enum(['unsubscribed', 'complained']).optional().meta({ description: 'What the message made its reader say' }),
}

/** What the history of deliveries is narrowed by. */
export const deliveryFilter = z
  .strictObject({
    state: z.array(deliveryState).max(10).optional(),
    reaction: z
      .array(reaction)
      .max(4)
      .optional()
      .meta({ description: 'All of them. What did not arrive was not left unread' }),
    channel: z.array(channel).max(10).optional(),
    campaign: z.array(campaignId).max(100).optional(),
    template: z.array(templateId).max(100).optional().meta({ description: 'Made of one of these templates' }),
    kind: z.array(deliveryKind).max(10).optional(),
    provider: z.array(writer).max(100).optional().meta({ description: 'Who wrote; ~ for the business itself' }),
    customer: externalId.optional(),
    from: day.optional().meta({ description: 'Day of the business’s calendar on which it was put in line' }),
    to: day.optional().meta({ description: 'The last such day' }),
    text: text.optional(),
    ...details,
  })
  .meta({ id: 'DeliveryFilter' })
export type DeliveryFilter = z.infer<typeof deliveryFilter>

/** {@link deliveryFilter} as query parameters. */
export const deliveryFilterQuery = z.object({
  state: several(deliveryState),
  reaction: several(reaction),
  channel: several(channel),
  campaign: several(campaignId),
  template: several(templateId),
  kind: several(deliveryKind),
  provider: several(writer),
  customer: externalId.optional(),
  from: day.optional(),
  to: day.optional(),
  text: text.optional(),
  ...details,
})

export const listDeliveries = endpoint({
  method: 'get',
  path: '/deliveries',
  permission: 'deliveries.read',
  summary: 'Every message, newest first, with its events',
  query: page.extend(deliveryFilterQuery.shape),
  answer: countedListOf(delivery).extend({
    at_least: z.boolean().meta({ description: 'There are more than `total`, which counts to 10,000' }),
  }),
})

const choice = z.object({ value: z.string(), count: z.int() })
const named = choice.extend({ label: z.string() })

export const getDeliveryFacets = endpoint({
  method: 'get',
  path: '/deliveries/facets',
  permission: 'deliveries.read',
  summary: 'What the history can be filtered by, with the number left for each choice given the other filters',
  query: deliveryFilterQuery,
  answer: z.object({
    total: z.int().meta({ description: 'All that match, exactly' }),
    state: z.array(z.object({ value: deliveryState, count: z.int() })),
    reaction: z.array(z.object({ value: reaction, count: z.int() })),
    channel: z.array(z.object({ value: channel, count: z.int() })),
    kind: z.array(choice),
    provider: z.array(named),
    campaign: z.array(named).meta({ description: 'The newest 200' }),
  }),
})

export const getMessage = endpoint({
  method: 'get',
  path: '/deliveries/{id}/message',
  permission: 'deliveries.read',
  summary: 'A message as its customer got it, made once more: no click or opening of it counts',
  params: z.object({ id: z.string().regex(/^\d{1,15}$/) }),
  answer: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
})

export const listRecipients = endpoint({
  method: 'get',
  path: '/deliveries/recipients',
  permission: 'deliveries.read',
  summary: 'The customers to whom the messages went that match, each once; at most 100,000',
  query: deliveryFilterQuery,
  answer: listOf(externalId),
})

export const exportDeliveries = endpoint({
  method: 'get',
  path: '/deliveries/export',
  permission: 'deliveries.read',
  summary: 'The messages that match as CSV (RFC 4180), newest first',
  query: deliveryFilterQuery.extend({
    language: z
      .enum(['en', 'de', 'fr', 'it'])
      .optional()
      .meta({ description: 'Of headings and states; the business’s own without it' }),
    bom: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: 'Begins with a byte order mark, by which spreadsheets know UTF-8' }),
  }),
  answer: z.string(),
  produces: 'text/csv',
})

const oneDelivery = z.object({ id: z.string().regex(/^\d{1,18}$/) })

export const getDelivery = endpoint({
  method: 'get',
  path: '/deliveries/{id}',
  permission: 'deliveries.read',
  summary: 'One message with its events',
  params: oneDelivery,
  answer: delivery,
})
export const resendDelivery = endpoint({
  method: 'post',
  path: '/deliveries/{id}/resend',
  permission: 'deliveries.resend',
  summary: 'Send an unconfirmed or failed message again',
  once: true,
  params: oneDelivery,
  answer: delivery,
  status: 202,
})
