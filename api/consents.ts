import { type ConsentEvent, readConsentHistory } from '../domain/consents/readConsents.ts'
import { setConsent } from '../domain/consents/setConsent.ts'
import { knownCustomer } from '../domain/customers/knownCustomer.ts'
import type { Database } from '../domain/database.ts'
import { Problem } from '../domain/errors.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { callerName } from './callerName.ts'
import { getConsents, putConsent, requestOptIn } from './contract/consents.ts'
import { type Route, route } from './server/route.ts'
import { ask } from './signUp.ts'

export const consentRoutes: Route[] = [
  route(getConsents, async ({ params, services }) => present(services.db, await knownCustomer(services.db, params.id))),

  route(putConsent, async ({ params, body, caller, services }) => {
    const customerId = await knownCustomer(services.db, params.id)
    const { channel, given, source, wording = null } = body
    if (given === true && wording === null) {
      const message = 'Say the words that the customer said yes to'
      throw new Problem('invalid', message, [{ path: '/wording', message }])
    }
    const consent = { customerId, channel, given, source, wording, recordedBy: callerName(caller) }
    await setConsent(services.db, consent, services.now())
    services.workflows.wakeSegments()
    return present(services.db, customerId)
  }),

  route(requestOptIn, async ({ body, services }) => {
    const { language } = await readSettings(services.db)
    const { email, first_name: firstName = null, wording, source } = body
    const asked = await ask(services, { email, firstName, language: body.language ?? language, wording, source })
    if (asked === 'away') throw new Problem('unavailable', 'The mail server did not take the mail: try again later')
    return { state: asked }
  }),
]

async function present(db: Database, customerId: number) {
  const items = (await readConsentHistory(db, customerId)).map(toLine)
  const newest = (channel: string) => items.find((line) => line.channel === channel)
  const current = (['email', 'sms', 'push'] as const).flatMap((channel) => {
    const line = newest(channel)
    return line === undefined ? [] : [[channel, line] as const]
  })
  return { current: Object.fromEntries(current), items, next: null }
}

function toLine({ channel, given, at, source, wording, recordedBy }: ConsentEvent) {
  return { channel, given, at: at.toISOString(), source, wording, recorded_by: recordedBy }
}
