import { knownCustomer } from '../domain/customers/knownCustomer.ts'
import { takesAnswers } from '../domain/deliveries/channels/sms.ts'
import { pushToken } from '../domain/push/pushToken.ts'
import { vapidKeys } from '../domain/push/vapidKeys.ts'
import { dkimRecord } from '../domain/settings/dkimKey.ts'
import { readSettings } from '../domain/settings/readSettings.ts'
import { getDkim, getPushLink, listChannels } from './contract/channels.ts'
import { type Route, route } from './server/route.ts'

export const channelRoutes: Route[] = [
  route(listChannels, async ({ services: { db, smtpUrl, smsUrl } }) => {
    const answers = smsUrl !== '' && takesAnswers(smsUrl)
    return {
      items: [
        { channel: 'email' as const, ready: smtpUrl !== '', answers: false, key: null },
        { channel: 'sms' as const, ready: smsUrl !== '', answers, key: null },
        { channel: 'push' as const, ready: true, answers: false, key: (await vapidKeys(db)).publicKey },
      ],
    }
  }),

  route(getDkim, async ({ services: { db } }) => {
    const { dkim } = await readSettings(db)
    const name = dkim === null ? null : `${dkim.selector}._domainkey.${dkim.domain}`
    return { name, type: 'TXT' as const, value: await dkimRecord(db) }
  }),

  route(getPushLink, async ({ params, services: { db, publicUrl } }) => {
    const customerId = await knownCustomer(db, params.id)
    return { url: `${publicUrl}/push/${await pushToken(db, customerId)}` }
  }),
]
