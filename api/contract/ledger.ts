import { z } from 'zod'
import { day, externalId, instant, listOf, money, page } from './common.ts'
import { endpoint } from './endpoint.ts'

const named = z.object({ id: externalId, name: z.string() })
const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'A month of the calendar, like 2026-12')
  .optional()
  .meta({ description: 'Of the business’s calendar; all months when left out' })
const one = z.object({ id: externalId })

const totals = z.object({
  discounts: money.meta({ description: 'What rewards have taken off, those taken back left out' }),
  loyalty_rewards: money.meta({
    description: 'Shares of readings that loyalty mails brought about, also without those',
  }),
})

/** A line of a provider’s statement: an entry as the provider’s account sees it. */
export const statementLine = z
  .object({
    id: z.string(),
    kind: z.enum(['discount', 'loyalty_reward']),
    reverses: z.string().nullable().meta({ description: 'The entry that this one takes back' }),
    day,
    at: instant,
    by: z.string().nullable().meta({ description: 'Who did it; null for what followed by itself' }),
    customer: named,
    booking: externalId.meta({ description: 'With when it began, and what it cost when this was written' }),
    starts_at: instant,
    price: money,
    rate: z.number().nullable(),
    reward: z.string(),
    campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
    amount: money.meta({ description: 'What the provider gains; what is at their charge is negative' }),
    lines: z
      .array(z.object({ account: z.enum(['provider', 'customer', 'business']), amount: money }))
      .meta({ description: 'Sum to zero' }),
  })
  .meta({ id: 'LedgerEntry' })

export const getLedger = endpoint({
  method: 'get',
  path: '/providers/{id}/ledger',
  permission: 'ledger.read',
  summary: 'A provider’s ledger, or statement of a month: what is at their charge and what they earn, newest first',
  params: one,
  query: page.extend({ month }),
  answer: listOf(statementLine)
    .extend({
      provider: named,
      currency: z.string(),
      month: z.string().nullable(),
      total: z.int(),
      opening: money.meta({ description: 'The sum of all months before' }),
      totals,
      closing: money.meta({ description: 'opening + discounts + loyalty_rewards' }),
    })
    .meta({ id: 'ProviderLedger' }),
})

export const listMonths = endpoint({
  method: 'get',
  path: '/providers/{id}/ledger/months',
  permission: 'ledger.read',
  summary: 'The months in which something stands in a provider’s ledger, newest first, with their sums',
  params: one,
  answer: z.object({
    items: z.array(totals.extend({ month: z.string(), entries: z.int(), sum: money })),
    next: z.null(),
  }),
})

export const exportLedger = endpoint({
  method: 'get',
  path: '/providers/{id}/ledger/export',
  permission: 'ledger.read',
  summary: 'A provider’s ledger or statement of a month as CSV, oldest first',
  params: one,
  query: z.object({
    month,
    language: z.enum(['en', 'de', 'fr', 'it']).optional(),
    bom: z.enum(['true', 'false']).default('false'),
  }),
  answer: z.string(),
  produces: 'text/csv',
})

/** What the messages of a campaign, or of an automation, have brought. */
export const revenue = z
  .object({
    days: z.int().meta({ description: 'A booking belongs to a message of at most so many days before' }),
    bookings: z.int(),
    attended: z.int(),
    revenue: money.meta({ description: 'Prices of those attended, before discounts' }),
    ahead: money.meta({ description: 'Prices of those booked and not attended yet' }),
    clicked: z
      .object({ bookings: z.int(), revenue: money })
      .meta({ description: 'Of these, where the customer clicked; otherwise it was the last message' }),
    discounts: money.meta({ description: 'What the rewards of these messages have taken off so far' }),
  })
  .meta({ id: 'Revenue' })

export const getRevenue = endpoint({
  method: 'get',
  path: '/revenue',
  permission: 'revenue.read',
  summary: 'What the messages of a campaign or an automation have brought: each booking belongs to one message',
  query: z.object({
    campaign: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional(),
    automation: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,64}$/)
      .optional(),
  }),
  answer: revenue,
})

export type StatementLine = z.infer<typeof statementLine>
export type ProviderLedger = z.infer<typeof getLedger.answer>
