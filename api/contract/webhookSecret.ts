import { z } from 'zod'
import { instant } from './common.ts'
import { endpoint } from './endpoint.ts'

/** What calls of automations are signed with; see docs/automations.md. */
const about = {
  ends_with: z.string().meta({ description: 'Its last characters, to tell one from another' }),
  created_at: instant,
  previous_until: instant
    .nullable()
    .meta({ description: 'Until then the secret before it signs as well; null when it does not' }),
}

export const webhookSecret = z.object(about).meta({ id: 'WebhookSecret' })

const whole = z.object({ ...about, secret: z.string() })

export const getWebhookSecret = endpoint({
  method: 'get',
  path: '/settings/webhook-secret',
  permission: 'settings.write',
  summary: 'Since when the webhooks of automations are signed with their secret, without the secret',
  answer: webhookSecret,
})

export const showWebhookSecret = endpoint({
  method: 'post',
  path: '/settings/webhook-secret/show',
  permission: 'settings.write',
  summary: 'The secret that the webhooks of automations are signed with',
  answer: whole,
})

export const rotateWebhookSecret = endpoint({
  method: 'post',
  path: '/settings/webhook-secret/rotate',
  permission: 'settings.write',
  summary: 'Make a new secret for the webhooks of automations; the one before signs as well for a day',
  answer: whole,
})
