import { createHmac, createSign, randomBytes, sign } from 'node:crypto'
import type { HookSecrets } from '../../domain/feedback/services/service.ts'
import { amazon, CERTIFICATES, CREDENTIALS, certificateAt, MAILGUN_KEY, TOPIC, twilio } from './hooks.ts'

/** What the webhooks of {@link bounceCalls} are checked with. */
export const SECRETS: HookSecrets = {
  ses: { topics: [TOPIC], read: async (url) => CERTIFICATES[/([\w-]+)\.pem$/.exec(url)?.[1] ?? ''] ?? '' },
  mailgun: { key: MAILGUN_KEY },
  postmark: { credentials: CREDENTIALS },
  sendgrid: { key: twilio.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
}

type Call = { body: string; headers: Record<string, string> }

/** How each mail service says that there is no such mailbox after all; by our token, or by the Message-ID. */
export const bounceCalls: Readonly<
  Record<keyof HookSecrets, (mail: { token: string; messageId: string }, now: Date) => Call>
> = {
  ses: ({ token }, now) => {
    const bouncedRecipients = [{ emailAddress: 'x@mail.test', diagnosticCode: 'smtp; 550 5.1.1 no such user' }]
    const told = {
      Message: JSON.stringify({
        eventType: 'Bounce',
        mail: { source: 'hello@studio.test', tags: { perennial: [token] } },
        bounce: { bounceType: 'Permanent', bounceSubType: 'General', bouncedRecipients },
      }),
      ...{
        MessageId: randomBytes(6).toString('hex'),
        Timestamp: now.toISOString(),
        TopicArn: TOPIC,
        Type: 'Notification',
      },
    }
    const text = Object.entries(told).flat()
    const Signature = createSign('RSA-SHA256')
      .update(`${text.join('\n')}\n`)
      .sign(amazon.privateKey, 'base64')
    const SigningCertURL = certificateAt('SimpleNotificationService-0a1b')
    return { body: JSON.stringify({ ...told, SignatureVersion: '2', Signature, SigningCertURL }), headers: {} }
  },
  mailgun: ({ messageId }, now) => {
    const [timestamp, token] = [String(Math.floor(now.getTime() / 1_000)), randomBytes(25).toString('hex')]
    const signature = createHmac('sha256', MAILGUN_KEY)
      .update(timestamp + token)
      .digest('hex')
    const status = { code: 550, 'enhanced-code': '5.1.1', message: '5.1.1 no such user' }
    const data = { id: token, event: 'failed', severity: 'permanent', reason: 'bounce', 'delivery-status': status }
    const message = { headers: { 'message-id': messageId } }
    return {
      body: JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': { ...data, message } }),
      headers: {},
    }
  },
  postmark: ({ token }, now) => ({
    body: JSON.stringify({
      ...{ RecordType: 'Bounce', Type: 'HardBounce', ID: 7, Details: 'smtp;550 5.1.1 no such user' },
      ...{ BouncedAt: now.toISOString(), Metadata: { perennial: token } },
    }),
    headers: { authorization: `Basic ${Buffer.from(CREDENTIALS).toString('base64')}` },
  }),
  sendgrid: ({ messageId }, now) => {
    const time = String(Math.floor(now.getTime() / 1_000))
    const event = { event: 'bounce', type: 'bounce', reason: '550 5.1.1 no such user', timestamp: Number(time) }
    const body = JSON.stringify([
      { ...event, 'smtp-id': `<${messageId}>`, sg_event_id: randomBytes(8).toString('hex') },
    ])
    const signature = sign('sha256', Buffer.from(time + body), twilio.privateKey).toString('base64')
    return {
      body,
      headers: { 'x-twilio-email-event-webhook-signature': signature, 'x-twilio-email-event-webhook-timestamp': time },
    }
  },
}
