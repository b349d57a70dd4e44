import { complaintsAddress } from '../domain/deliveries/returnPath.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { secret } from '../domain/settings/secret.ts'
import { getFeedback } from './contract/feedback.ts'
import { type Route, route } from './server/route.ts'

const SERVICES = ['ses', 'mailgun', 'postmark', 'sendgrid'] as const

export const feedbackRoutes: Route[] = [
  route(getFeedback, async ({ services: { db, hooks, publicUrl } }) => {
    const { bounceDomain } = await readSettings(db)
    const address = bounceDomain === null ? null : complaintsAddress(await secret(db, 'tracking'), bounceDomain)
    return {
      bounce_domain: bounceDomain,
      complaints_address: address,
      webhooks: SERVICES.map((service) => ({
        service,
        url: `${publicUrl}/hooks/${service}`,
        on: hooks[service] !== undefined,
      })),
    }
  }),
]
