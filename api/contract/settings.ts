import { z } from 'zod'
import { endpoint } from './endpoint.ts'

export const settings = z
  .object({
    name: z.string().min(1).max(200),
    time_zone: z.string().max(64).meta({ description: 'An IANA time zone' }),
    currency: z.string().regex(/^[A-Z]{3}$/),
    language: z.enum(['en', 'fr', 'it', 'de']),
    sender_name: z.string().max(200),
    sender_email: z.email(),
    mail_unknown_consent: z.boolean(),
    frequency_cap: z.object({ mails: z.int().min(1), days: z.int().min(1).max(366) }).nullable(),
    quiet_hours: z.object({ from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/) }).nullable(),
    approval_above: z.int().min(0).max(100_000_000).nullable().meta({
      description: 'A campaign to more customers than this waits until a second person approves it; null: none does',
    }),
    loyalty_reward: z.object({ rate: z.number().min(0).max(1), to: z.enum(['provider', 'business']) }).nullable(),
  })
  .meta({ id: 'Settings' })
export type Settings = z.infer<typeof settings>

export const getSettings = endpoint({
  method: 'get',
  path: '/settings',
  summary: 'The business’s settings',
  answer: settings,
})
export const putSettings = endpoint({
  method: 'put',
  path: '/settings',
  summary: 'Change settings; what is left out stays',
  body: settings.partial(),
  answer: settings,
})
