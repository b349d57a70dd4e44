import { z } from 'zod'
import { day, externalId, instant, segmentId, status } from './common.ts'
import { endpoint } from './endpoint.ts'

const ofProvider = z.object({
  provider: externalId
    .optional()
    .meta({ description: 'Only what is this provider’s; the whole business when left out' }),
})

export const getHome = endpoint({
  method: 'get',
  path: '/home',
  permission: 'customers.read',
  summary: 'What has changed since yesterday, and the last four weeks day by day',
  query: ofProvider,
  answer: z
    .object({
      since: instant.meta({ description: 'The beginning of yesterday in the business’s time zone' }),
      customers: z.int().meta({ description: 'Added since; of a provider, whose first booking with them began' }),
      bookings: z.object({
        made: z.int().meta({ description: 'Made since, of those that begin from yesterday on' }),
        cancelled: z.int(),
        attended: z.int().meta({ description: 'Of yesterday and today, as no_show' }),
        no_show: z.int(),
        today: z.int().meta({ description: 'Still to come today' }),
      }),
      statuses: z.array(z.object({ from: status, to: status, count: z.int() })),
      segments: z
        .array(
          z.object({
            id: segmentId,
            name: z.string(),
            members: z.int(),
            entered: z.int(),
            left: z.int(),
          }),
        )
        .meta({ description: 'Those with the largest movement; without what a changed rule or loaded history moved' }),
      visits: z.object({
        days: z.array(z.object({ day, attended: z.int() })),
        total: z.int(),
        before: z.int().meta({ description: 'Of the four weeks before' }),
      }),
      active: z
        .object({ days: z.array(z.object({ day, members: z.int() })) })
        .nullable()
        .meta({ description: 'The size of active-customers; null when there is no such segment, and for a provider' }),
      messages: z.object({
        days: z.array(z.object({ day, sent: z.int(), returned: z.int() })),
        sent: z.int(),
        returned: z.int(),
        opened: z.int(),
        clicked: z.int(),
      }),
    })
    .meta({ id: 'Home' }),
})
export type Home = z.infer<typeof getHome.answer>

export const getAttention = endpoint({
  method: 'get',
  path: '/home/attention',
  permission: 'campaigns.read',
  summary: 'What waits for somebody, the most urgent first',
  query: ofProvider,
  answer: z.object({
    items: z.array(
      z.object({
        kind: z
          .enum(['failed_steps', 'unconfirmed', 'own_fault', 'approval', 'failed_mailing', 'paused'])
          .meta({ description: 'own_fault: came back in the last week for our own configuration' }),
        count: z.int().meta({ description: 'Customers or messages' }),
        id: z.string().meta({ description: 'Of the automation for failed_steps, else of the campaign' }),
        name: z.string(),
      }),
    ),
  }),
})
export type AttentionItem = z.infer<typeof getAttention.answer>['items'][number]
