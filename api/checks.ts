import { composeMessage } from '../domain/campaigns/composeMessage.ts'
import { checkMessage } from '../domain/checks/checkMessage.ts'
import { checkSender } from '../domain/checks/checkSender.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { checkCampaign } from './contract/checks.ts'
import { type Route, route } from './server/route.ts'

/** As many as anybody reads. */
const TOLD = 100

export const checkRoutes: Route[] = [
  route(checkCampaign, async ({ body, services: { db, dns } }) => {
    const settings = await readSettings(db)
    const message = await composeMessage(db, body.content, settings)
    const findings = checkMessage(message)
    return {
      sender: await checkSender(dns, { email: settings.senderEmail, dkim: settings.dkim }),
      findings: findings.slice(0, TOLD),
      findings_count: findings.length,
    }
  }),
]
