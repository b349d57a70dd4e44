import { type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import type { BounceClass } from '../../deliveries/bounceCodes.ts'
import type { Notice } from '../notice.ts'
import { aboutOf, type HookSecrets, instantOf, readJson, refuse, type Service, tidy } from './service.ts'
import { snsKey } from './snsCertificate.ts'

const envelope = z.looseObject({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string().max(200),
  TopicArn: z.string().max(300),
  Message: z.string(),
  Subject: z.string().optional(),
  Timestamp: z.string().max(40),
  Token: z.string().max(2_000).optional(),
  SubscribeURL: z.string().max(3_000).optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().max(2_000),
  SigningCertURL: z.string().max(500),
})
type Envelope = z.infer<typeof envelope>

const recipient = z.looseObject({ status: z.string().optional(), diagnosticCode: z.string().optional() })
const message = z.looseObject({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z.looseObject({
    source: z.string().optional(),
    tags: z.record(z.string(), z.array(z.string())).optional(),
    headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
    commonHeaders: z.looseObject({ messageId: z.string().optional() }).optional(),
  }),
  bounce: z
    .looseObject({
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: z.array(recipient).optional(),
      timestamp: z.string().optional(),
    })
    .optional(),
  complaint: z
    .looseObject({ complaintFeedbackType: z.string().nullish(), timestamp: z.string().optional() })
    .optional(),
  delivery: z.looseObject({ timestamp: z.string().optional(), smtpResponse: z.string().optional() }).optional(),
  deliveryDelay: z.looseObject({ timestamp: z.string().optional(), delayType: z.string().optional() }).optional(),
})
type Message = z.infer<typeof message>

/** What a kind of bounce says, where it says more than the server's words; `General` says nothing. */
const SUBTYPES: Readonly<Record<string, BounceClass>> = {
  NoEmail: 'bad_address',
  Suppressed: 'bad_address',
  OnAccountSuppressionList: 'bad_address',
  MailboxFull: 'mailbox_full',
  MessageTooLarge: 'configuration',
  ContentRejected: 'content',
  AttachmentRejected: 'content',
}

/**
 * Amazon SES through SNS. The signature is checked with a certificate that is read from Amazon's own host only; a topic
 * is believed when it is among those that are set. A subscription to such a topic is confirmed at Amazon's own host.
 */
export const ses: Service<NonNullable<HookSecrets['ses']>> = async ({ body }, { topics, read }, now) => {
  const told = readJson(envelope, body)
  if (!topics.includes(told.TopicArn)) throw refuse('This topic is not one of those in SES_TOPIC_ARN.')
  const key = await snsKey(certificateUrl(told.SigningCertURL), read, now)
  if (!isSigned(told, key)) throw refuse('The signature of the notification is not right.')
  if (told.Type === 'SubscriptionConfirmation') {
    await read(amazonUrl(told.SubscribeURL ?? '', 'subscription').href)
    return []
  }
  return told.Type === 'Notification' ? noticesOf(readJson(message, told.Message), told.MessageId, now) : []
}

/** An address at SNS itself, over TLS. Throws Problem `forbidden` for any other. */
function amazonUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const amazons =
    url?.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    /^sns\.[a-z0-9-]{3,30}\.amazonaws\.com(\.cn)?$/.test(url.hostname)
  if (url === null || !amazons) throw refuse(`The address of the ${what} is not one of Amazon SNS.`)
  return url
}

/** Where Amazon keeps the certificate of a notification. Throws Problem `forbidden` for any other address. */
function certificateUrl(text: string): URL {
  const url = amazonUrl(text, 'certificate')
  if (!/^\/[\w-]+\.pem$/.test(url.pathname)) throw refuse('The address of the certificate is not one of Amazon SNS.')
  url.search = ''
  return url
}

const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const

function isSigned(told: Envelope, key: KeyObject): boolean {
  const lines = SIGNED[told.Type].flatMap((name) => (told[name] === undefined ? [] : [name, told[name]]))
  const text = Buffer.from(`${lines.join('\n')}\n`)
  const hash = told.SignatureVersion === '1' ? 'sha1' : 'sha256'
  return verify(hash, text, key, Buffer.from(told.Signature, 'base64'))
}

function noticesOf(told: Message, id: string, now: Date): Notice[] {
  const { mail, bounce, complaint, delivery, deliveryDelay } = told
  const header = mail.headers?.find(({ name }) => name.toLowerCase() === 'message-id')?.value
  const token = mail.tags?.perennial?.[0]
  const about = aboutOf({ token, returnPath: mail.source, messageId: header ?? mail.commonHeaders?.messageId })
  if (about === null) return []
  const base = { about, source: 'ses', id }
  switch (told.eventType ?? told.notificationType) {
    case 'Bounce':
      return bounce === undefined ? [] : [{ ...base, ...bounceOf(bounce), at: instantOf(bounce.timestamp, now) }]
    case 'Complaint': {
      if (complaint?.complaintFeedbackType === 'not-spam') return []
      const words = tidy(complaint?.complaintFeedbackType)
      return [{ ...base, type: 'complained', words, at: instantOf(complaint?.timestamp, now) }]
    }
    case 'Delivery':
      return [
        { ...base, type: 'delivered', words: tidy(delivery?.smtpResponse), at: instantOf(delivery?.timestamp, now) },
      ]
    case 'DeliveryDelay': {
      const words = tidy(deliveryDelay?.delayType)
      return [{ ...base, type: 'deferred', words, at: instantOf(deliveryDelay?.timestamp, now) }]
    }
    default:
      return []
  }
}

function bounceOf({ bounceType, bounceSubType, bouncedRecipients = [] }: NonNullable<Message['bounce']>) {
  const [first] = bouncedRecipients
  const said = tidy(first?.diagnosticCode?.replace(/^smtp;\s*/i, '') ?? first?.status)
  // what SES calls transient without a server's word is mostly somebody's note that they are away
  const type = bounceType === 'Transient' && bounceSubType === 'General' && said === '' ? 'deferred' : 'bounced'
  const bounceClass = SUBTYPES[bounceSubType]
  const words = said === '' ? tidy(bounceType, bounceSubType) : said
  return { type, words, ...(bounceClass === undefined ? {} : { bounceClass }) } as const
}
