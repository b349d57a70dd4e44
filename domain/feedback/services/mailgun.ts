import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Notice } from '../notice.ts'
import { aboutOf, type HookSecrets, instantOf, isSame, readJson, refuse, type Service, tidy } from './service.ts'

const call = z.looseObject({
  signature: z.looseObject({
    timestamp: z.string().max(20),
    token: z.string().min(1).max(100),
    signature: z.string().max(64),
  }),
  'event-data': z.looseObject({
    event: z.string(),
    timestamp: z.number().optional(),
    severity: z.string().optional(),
    reason: z.string().optional(),
    'delivery-status': z
      .looseObject({
        code: z.union([z.number(), z.string()]).nullish(),
        'enhanced-code': z.string().nullish(),
        message: z.string().nullish(),
        description: z.string().nullish(),
      })
      .optional(),
    envelope: z.looseObject({ sender: z.string().optional() }).optional(),
    message: z.looseObject({ headers: z.looseObject({ 'message-id': z.string().optional() }).optional() }).optional(),
    'user-variables': z.looseObject({ perennial: z.string().optional() }).optional(),
  }),
})
type Event = z.infer<typeof call>['event-data']

/** A call is repeated for eight hours at most. */
const OLDEST = 24 * 3_600

/**
 * Mailgun. What it signs is a token and a time, not the event: so a token counts once, whatever it comes with, and not for
 * ever.
 */
export const mailgun: Service<NonNullable<HookSecrets['mailgun']>> = async ({ body }, { key }, now) => {
  const { signature: signed, 'event-data': event } = readJson(call, body)
  const right = createHmac('sha256', key).update(signed.timestamp).update(signed.token).digest('hex')
  if (!isSame(right, signed.signature.toLowerCase())) throw refuse('The signature of the event is not right.')
  const age = now.getTime() / 1_000 - Number(signed.timestamp)
  if (!(Math.abs(age) < OLDEST)) throw refuse('The signature of the event is too old.')
  const about = aboutOf({
    token: event['user-variables']?.perennial,
    returnPath: event.envelope?.sender,
    messageId: event.message?.headers?.['message-id'],
  })
  if (about === null) return []
  const base = { about, at: instantOf(event.timestamp, now), source: 'mailgun', id: signed.token, alone: true }
  return toNotice(event).map((notice) => ({ ...base, ...notice }))
}

function toNotice(event: Event): Pick<Notice, 'type' | 'words' | 'bounceClass'>[] {
  switch (event.event) {
    case 'delivered':
      return [{ type: 'delivered', words: '' }]
    case 'complained':
      return [{ type: 'complained', words: '' }]
    case 'unsubscribed':
      return [{ type: 'unsubscribed', words: '' }]
    case 'failed':
      return [failureOf(event)]
    default:
      return []
  }
}

function failureOf({ severity, reason, 'delivery-status': status }: Event) {
  const code =
    status?.code !== undefined && Number(status.code) >= 400 && Number(status.code) < 600 ? status.code : null
  const said = tidy(status?.message || status?.description)
  const enhanced = status?.['enhanced-code']
  const words = tidy(code, enhanced && !said.includes(enhanced) ? enhanced : null, said || reason)
  if (severity === 'temporary') return { type: 'deferred', words } as const
  // Mailgun itself sends no more to addresses that bounced
  const refused = reason === 'suppress-bounce' ? ({ bounceClass: 'bad_address' } as const) : {}
  return { type: 'bounced', words, ...refused } as const
}
