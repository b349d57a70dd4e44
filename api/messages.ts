import type { z } from 'zod'
import { type PreviewedMessage, previewMessage } from '../domain/campaigns/previewMessage.ts'
import { sendTestMail, sendTestNotice, sendTestSms } from '../domain/campaigns/sendTest.ts'
import type { Written } from '../domain/campaigns/written.ts'
import { emailChannel } from '../domain/deliveries/channels/email.ts'
import { pushChannel } from '../domain/deliveries/channels/push.ts'
import { smsChannel, takesAnswers } from '../domain/deliveries/channels/sms.ts'
import { Problem } from '../domain/errors.ts'
import { nameProvider } from '../domain/providers/nameProvider.ts'
import { pushIdentity } from '../domain/push/pushIdentity.ts'
import { mailSigner } from '../domain/settings/mailSigner.ts'
import { previewContent, testCampaign } from './contract/messages.ts'
import { ownProvider } from './ownProvider.ts'
import { type Said, writtenOf } from './said.ts'
import { type Call, type Route, route } from './server/route.ts'
import type { Caller, Services } from './server/services.ts'

type Looked = Said<Written> & Omit<Parameters<typeof previewMessage>[1], 'content' | 'publicUrl' | 'answers'>
type Tested = Pick<Call<unknown, unknown, z.output<(typeof testCampaign)['body']>>, 'body' | 'caller' | 'services'>

/** Messages before they are sent: looked at, and sent to oneself. */
export const messageRoutes: Route[] = [
  route(previewContent, async ({ body, caller, services }) => look(services, await ofOwn(body, caller, services))),

  route(testCampaign, async ({ body, caller, services }) => {
    const message = await look(services, await ofOwn(body, caller, services))
    return { address: await TESTS[body.channel]({ body, caller, services }, message) }
  }),
]

/** What merge tags say of a customer is what is between them and the provider, for whom that is everything. */
async function ofOwn<Body extends { provider?: string | undefined }>(
  body: Body,
  caller: Caller | null,
  { db }: Services,
): Promise<Body> {
  const own = ownProvider(caller)
  return own === null ? body : { ...body, provider: (await nameProvider(db, own)).id }
}

const look = (services: Services, { content, template, subject, ...body }: Looked): Promise<PreviewedMessage> => {
  const { db, publicUrl, smsUrl, now } = services
  const answers = smsUrl !== '' && takesAnswers(smsUrl)
  return previewMessage(db, { ...body, content: writtenOf({ content, template, subject }), publicUrl, answers }, now())
}

/** How a finished message goes to whoever wrote it, by its channel; each answers with the address. */
const TESTS = {
  email: async ({ caller, services: { db, smtpUrl } }: Tested, message: PreviewedMessage) => {
    if (smtpUrl === '') throw new Problem('unavailable', 'There is no mail server: SMTP_URL is not set')
    const channel = emailChannel(smtpUrl, mailSigner(db))
    try {
      return await sendTestMail(db, channel, message, emailOf(caller))
    } finally {
      channel.close()
    }
  },

  sms: async ({ body, services: { db, smsUrl, publicUrl } }: Tested, { text }: PreviewedMessage) => {
    if (smsUrl === '') throw new Problem('unavailable', 'SMS is not set up: SMS_URL is not set')
    const { phone } = body
    if (phone === undefined) throw missing('/phone', 'Say to which number the test goes')
    const channel = smsChannel(smsUrl, publicUrl)
    try {
      return await sendTestSms(db, channel, text, phone)
    } finally {
      channel.close()
    }
  },

  push: async ({ body, services: { db, pushUrl } }: Tested, { subject: title, text, url }: PreviewedMessage) => {
    const { browser } = body
    if (browser === undefined) throw missing('/browser', 'Say in which browser the test is shown')
    const channel = pushChannel({ ...pushIdentity(db), local: pushUrl || null })
    try {
      return await sendTestNotice(channel, { title, text, url }, { endpoint: browser.endpoint, ...browser.keys })
    } finally {
      channel.close()
    }
  },
}

const emailOf = (caller: Caller | null) => (caller?.kind === 'user' ? caller.email : null)

const missing = (path: string, message: string) => new Problem('invalid', message, [{ path, message }])
