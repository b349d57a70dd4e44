import { z } from 'zod'
import { externalId, instant } from './common.ts'
import { endpoint } from './endpoint.ts'

/** The most in one call. */
export const MAX_EVENTS = 1_000

export const event = z.strictObject({
  id: externalId.meta({ description: 'The caller’s own: an event that is told twice happened once' }),
  name: externalId.meta({ description: 'What automations name it by: `quiz-finished`' }),
  customer: externalId,
  provider: externalId.optional().meta({ description: 'With whom it happened; left out, with the whole business' }),
  at: instant.optional().meta({ description: 'When it happened; now when left out' }),
})

export const recordEvents = endpoint({
  method: 'post',
  path: '/events',
  statuses: [207],
  permission: 'facts.write',
  audit: false,
  summary: 'Say what has happened to customers: automations begin on it, wait for it, or end',
  body: z.strictObject({ events: z.array(event).min(1).max(MAX_EVENTS) }),
  answer: z.object({
    recorded: z.int(),
    known: z.int().meta({ description: 'Had been told before' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
})
