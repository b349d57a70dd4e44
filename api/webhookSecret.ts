import {
  readWebhookSecret,
  rotateWebhookSecret as rotate,
  type WebhookSecret,
} from '../domain/settings/webhookSecret.ts'
import { getWebhookSecret, rotateWebhookSecret, showWebhookSecret } from './contract/webhookSecret.ts'
import { type Route, route } from './server/route.ts'

export const webhookSecretRoutes: Route[] = [
  route(getWebhookSecret, async ({ services }) => about(await readWebhookSecret(services.db, services.now()))),

  route(showWebhookSecret, async ({ services }) => whole(await readWebhookSecret(services.db, services.now()))),

  route(rotateWebhookSecret, async ({ services }) => whole(await rotate(services.db, services.now()))),
]

const about = ({ text, createdAt, previousUntil }: WebhookSecret) => ({
  ends_with: text.slice(-4),
  created_at: createdAt.toISOString(),
  previous_until: previousUntil?.toISOString() ?? null,
})

const whole = (found: WebhookSecret) => ({ ...about(found), secret: found.text })
