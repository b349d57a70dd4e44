import { z } from 'zod'
import { channel, externalId, instant } from './common.ts'
import { endpoint } from './endpoint.ts'

const consentEvent = z.object({
  channel,
  given: z.boolean().nullable().meta({ description: 'Null: unknown from then on' }),
  at: instant,
  source: z.string(),
  wording: z.string().nullable().meta({ description: 'The words that the customer said yes to' }),
  recorded_by: z.string().nullable().meta({ description: 'Who entered it by hand' }),
})
export type ConsentEvent = z.infer<typeof consentEvent>

/** What holds for each channel, and every line of the history, newest first. */
const consents = z
  .object({ current: z.partialRecord(channel, consentEvent), items: z.array(consentEvent), next: z.null() })
  .meta({ id: 'Consents' })

export const getConsents = endpoint({
  method: 'get',
  path: '/customers/{id}/consents',
  permission: 'customers.read',
  summary: 'What a customer has said about being written to: when, from where, with which words',
  params: z.object({ id: externalId }),
  answer: consents,
})

export const putConsent = endpoint({
  method: 'put',
  path: '/customers/{id}/consents',
  permission: 'consents.write',
  summary: 'Write down what a customer has said; the history keeps what was before',
  params: z.object({ id: externalId }),
  body: z.strictObject({
    channel,
    given: z.boolean().nullable(),
    source: z.string().trim().min(1).max(100),
    wording: z.string().trim().min(1).max(2_000).optional().meta({ description: 'Needed for a consent that is given' }),
  }),
  answer: consents,
})

export const requestOptIn = endpoint({
  method: 'post',
  path: '/opt-ins',
  permission: 'consents.write',
  summary: 'Ask the owner of an address by mail whether they want mail (double opt-in)',
  once: true,
  body: z.strictObject({
    email: z.email().max(254),
    first_name: z.string().trim().max(100).optional(),
    language: z.enum(['en', 'de', 'fr', 'it']).optional(),
    wording: z.string().trim().min(1).max(2_000).optional().meta({ description: 'Left out: our own sentence' }),
    source: z.string().trim().min(1).max(80).default('API'),
  }),
  answer: z.object({ state: z.enum(['sent', 'enough']).meta({ description: '`enough`: asked three times today' }) }),
  status: 202,
})
