import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { z } from 'zod'
import type { Notice } from '../notice.ts'
import { aboutOf, type HookSecrets, instantOf, MOST_EVENTS, readJson, refuse, type Service, tidy } from './service.ts'

const events = z
  .array(
    z.looseObject({
      event: z.string(),
      timestamp: z.number().optional(),
      'smtp-id': z.string().optional(),
      sg_event_id: z.string().optional(),
      perennial: z.string().optional(),
      reason: z.string().nullish(),
      response: z.string().nullish(),
      status: z.string().nullish(),
      type: z.string().nullish(),
    }),
  )
  .max(MOST_EVENTS)
type Event = z.infer<typeof events>[number]

/** SendGrid's signed event webhook: ECDSA over the time and the very bytes of the body. */
export const sendgrid: Service<NonNullable<HookSecrets['sendgrid']>> = async ({ body, header }, { key }, now) => {
  const signature = Buffer.from(header('x-twilio-email-event-webhook-signature') ?? '', 'base64')
  const time = header('x-twilio-email-event-webhook-timestamp') ?? ''
  const text = Buffer.concat([Buffer.from(time), body])
  if (!verify('sha256', text, publicKey(key), signature)) throw refuse('The signature of the events is not right.')
  return readJson(events, body).flatMap((event) => {
    const about = aboutOf({ token: event.perennial, messageId: event['smtp-id'] })
    const notice = toNotice(event)
    if (about === null || notice === null) return []
    const id = event.sg_event_id ?? `${event.event} ${event.timestamp ?? ''}`
    return [{ about, at: instantOf(event.timestamp, now), source: 'sendgrid', id, ...notice }]
  })
}

const publicKey = (key: string): KeyObject =>
  createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })

function toNotice(event: Event): Pick<Notice, 'type' | 'words' | 'bounceClass'> | null {
  const said = tidy(event.reason || event.response)
  const words = tidy(event.status && !said.includes(event.status) ? event.status : null, said)
  switch (event.event) {
    case 'delivered':
      return { type: 'delivered', words: '' }
    case 'deferred':
      return { type: 'deferred', words }
    case 'bounce':
      return { type: 'bounced', words, ...(event.type === 'blocked' ? blockedClass(words) : {}) }
    case 'dropped':
      return droppedOf(words)
    case 'spamreport':
      return { type: 'complained', words: '' }
    case 'unsubscribe':
    case 'group_unsubscribe':
      return { type: 'unsubscribed', words: '' }
    default:
      return null
  }
}

/** A block is about the message or who sends it, whatever code it comes with; words about our records say so themselves. */
const blockedClass = (words: string) =>
  /5\.7\.(26|515)|dmarc|spf|dkim/i.test(words) ? {} : ({ bounceClass: 'content' } as const)

/** What SendGrid did not even try, because of what it has noted about the address. */
function droppedOf(words: string): Pick<Notice, 'type' | 'words' | 'bounceClass'> {
  if (/spam reporting/i.test(words)) return { type: 'complained', words }
  if (/unsubscribed/i.test(words)) return { type: 'unsubscribed', words }
  if (/bounced|invalid/i.test(words)) return { type: 'bounced', words, bounceClass: 'bad_address' }
  return { type: 'bounced', words, bounceClass: /spam content/i.test(words) ? 'content' : 'configuration' }
}
