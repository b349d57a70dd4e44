import { z } from 'zod'
import { endpoint } from './endpoint.ts'

export const getFeedback = endpoint({
  method: 'get',
  path: '/feedback',
  permission: 'settings.write',
  summary: 'Where bounces, complaints and the notices of mail services are taken',
  answer: z.object({
    bounce_domain: z.string().nullable(),
    complaints_address: z.string().nullable().meta({ description: 'To be registered with feedback loops' }),
    webhooks: z.array(
      z.object({
        service: z.enum(['ses', 'mailgun', 'postmark', 'sendgrid']),
        url: z.string(),
        on: z.boolean().meta({ description: 'Whether its secret is set' }),
      }),
    ),
  }),
})
