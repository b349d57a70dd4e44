import { composeMessage } from '../domain/campaigns/composeMessage.ts'
import type { WrittenMail } from '../domain/campaigns/written.ts'
import { checkMessage } from '../domain/checks/checkMessage.ts'
import { checkSender, checkDomains as lookUp } from '../domain/checks/checkSender.ts'
import type { Content } from '../domain/messages/checkContent.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { checkCampaign, checkDomains } from './contract/checks.ts'
import { type Route, route } from './server/route.ts'

/** As many as anybody reads. */
const TOLD = 100

export const checkRoutes: Route[] = [
  route(checkCampaign, async ({ body, services: { db, dns } }) => {
    const settings = await readSettings(db)
    const message = await composeMessage(db, writtenOf(body), settings)
    const findings = checkMessage(message)
    return {
      sender: await checkSender(dns, { email: settings.senderEmail, dkim: settings.dkim }),
      findings: findings.slice(0, TOLD),
      findings_count: findings.length,
    }
  }),

  route(checkDomains, async ({ services: { db, dns } }) => {
    const { senderEmail: email, dkim, bounceDomain } = await readSettings(db)
    const { returnPath, ...sender } = await lookUp(dns, { email, dkim }, bounceDomain)
    return { ...sender, return_path: returnPath }
  }),
]

type Said = { content?: Content | undefined; template?: string | undefined; subject?: string | undefined }

/** The schema has seen to it that it is one of the two. */
function writtenOf({ content, template = '', subject }: Said): WrittenMail {
  return content ?? { template, ...(subject === undefined ? {} : { subject }) }
}
