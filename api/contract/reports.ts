import { z } from 'zod'
import { day, instant } from './common.ts'
import { endpoint } from './endpoint.ts'
import { revenue } from './ledger.ts'

const reasons = z.array(z.object({ reason: z.string(), count: z.int() }))
const counts = { sent: z.int(), opened: z.int(), clicked: z.int() }
const share = z.object({ did: z.int(), of: z.int() })

export const report = z
  .object({
    funnel: z.object({
      asked: z.int().meta({ description: 'recipients + all left out' }),
      left_out: reasons,
      recipients: z.int().meta({ description: 'waiting + unconfirmed + sent + bounced + failed + all cancelled' }),
      waiting: z.int(),
      sent: z.int(),
      delivered: z.int(),
      opened: z.int().meta({ description: 'By people' }),
      clicked: z.int().meta({ description: 'By people' }),
      unsubscribed: z.int(),
      complained: z.int(),
      bounced: z.int(),
      failed: z.int(),
      unconfirmed: z.int(),
      cancelled: reasons,
      machines: z
        .object({ opened: z.int(), clicked: z.int() })
        .meta({ description: 'Messages that only machines have opened, or clicked in' }),
    }),
    over_time: z.object({
      hours: z.array(z.object({ at: instant, ...counts })).meta({ description: 'Since the first message, at most 48' }),
      days: z.array(z.object({ day, ...counts })).meta({ description: 'Of the business’s calendar, at most 90' }),
    }),
    links: z.array(z.object({ url: z.string(), people: z.int(), clicks: z.int() })),
    more_links: z.int(),
    bounces: z.array(z.object({ class: z.string(), reason: z.string(), count: z.int() })),
    domains: z.array(
      z.object({
        domain: z.string(),
        recipients: z.int(),
        delivered: z.int(),
        opened: z.int(),
        clicked: z.int(),
        bounced: z.int(),
      }),
    ),
    variants: z.array(
      z.object({
        variant: z.string(),
        recipients: z.int(),
        sent: z.int(),
        opened: z.int(),
        clicked: z.int(),
        unsubscribed: z.int(),
      }),
    ),
    revenue: revenue.meta({ description: 'Each booking belongs to one message' }),
    holdout: z
      .object({
        goal: z.enum(['attended', 'booked']),
        days: z.int(),
        until: instant.meta({ description: 'From then on the numbers are final' }),
        recipients: share,
        held_out: share,
        difference: z
          .number()
          .meta({ description: 'Of the two shares, with its 95 % interval (Newcombe’s method 10)' }),
        low: z.number(),
        high: z.number(),
        verdict: z.enum(['too_few', 'none_seen', 'more', 'fewer']),
      })
      .nullable(),
  })
  .meta({ id: 'CampaignReport' })
export type Report = z.infer<typeof report>

const one = z.object({ id: z.string().regex(/^\d{1,15}$/) })
const compared = z.object({
  goal: z.enum(['attended', 'booked']).default('attended').meta({ description: 'What counts for the holdout' }),
  days: z.coerce.number().int().min(1).max(90).default(14).meta({ description: 'For how long after the beginning' }),
})

export const getReport = endpoint({
  method: 'get',
  path: '/campaigns/{id}/report',
  permission: 'campaigns.read',
  summary: 'What became of a campaign: funnel, over time, links, bounces, domains, compared messages, holdout',
  params: one,
  query: compared,
  answer: report,
})

export const exportReport = endpoint({
  method: 'get',
  path: '/campaigns/{id}/report/export',
  permission: 'campaigns.read',
  summary: 'The report as CSV, a line for each number',
  params: one,
  query: compared.extend({
    language: z.enum(['en', 'de', 'fr', 'it']).optional(),
    bom: z.enum(['true', 'false']).default('false'),
  }),
  answer: z.string(),
  produces: 'text/csv',
})
