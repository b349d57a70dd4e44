import { z } from 'zod'
import type { BounceClass } from '../../deliveries/bounceCodes.ts'
import type { Notice } from '../notice.ts'
import { aboutOf, type HookSecrets, instantOf, isSame, readJson, refuse, type Service, tidy } from './service.ts'

const record = z.looseObject({
  RecordType: z.string(),
  ID: z.union([z.number(), z.string()]).optional(),
  Type: z.string().optional(),
  MessageID: z.string().optional(),
  Metadata: z.looseObject({ perennial: z.string().optional() }).nullish(),
  Details: z.string().nullish(),
  Description: z.string().nullish(),
  BouncedAt: z.string().optional(),
  DeliveredAt: z.string().optional(),
  ChangedAt: z.string().optional(),
  SuppressSending: z.boolean().optional(),
  SuppressionReason: z.string().nullish(),
  Origin: z.string().optional(),
})
type Postmark = z.infer<typeof record>

/** Their types of bounces; `class` where it says more than the words. What has no line here means nothing to us. */
const TYPES: Readonly<Record<string, { type: Notice['type']; bounceClass?: BounceClass }>> = {
  HardBounce: { type: 'bounced' },
  SoftBounce: { type: 'bounced' },
  BadEmailAddress: { type: 'bounced', bounceClass: 'bad_address' },
  ManuallyDeactivated: { type: 'bounced', bounceClass: 'bad_address' },
  AddressChange: { type: 'bounced', bounceClass: 'bad_address' },
  DnsError: { type: 'bounced', bounceClass: 'other' },
  Undeliverable: { type: 'bounced' },
  Unknown: { type: 'bounced' },
  SpamNotification: { type: 'bounced', bounceClass: 'content' },
  VirusNotification: { type: 'bounced', bounceClass: 'content' },
  Blocked: { type: 'bounced', bounceClass: 'content' },
  TemplateRenderingFailed: { type: 'bounced', bounceClass: 'configuration' },
  SMTPApiError: { type: 'bounced', bounceClass: 'configuration' },
  DMARCPolicy: { type: 'bounced', bounceClass: 'configuration' },
  Transient: { type: 'deferred' },
  SpamComplaint: { type: 'complained' },
  Unsubscribe: { type: 'unsubscribed' },
}

/** Postmark. It signs nothing: whoever calls has to know the user and the password that stand in the webhook's address. */
export const postmark: Service<NonNullable<HookSecrets['postmark']>> = async ({ body, header }, secrets, now) => {
  const given = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header('authorization') ?? '')?.[1] ?? ''
  if (!isSame(Buffer.from(given, 'base64').toString('utf8'), secrets.credentials)) {
    throw refuse('User and password of the webhook are not right.')
  }
  const told = readJson(record, body)
  const about = aboutOf({ token: told.Metadata?.perennial })
  const notice = toNotice(told)
  if (about === null || notice === null) return []
  const at = instantOf(told.BouncedAt ?? told.DeliveredAt ?? told.ChangedAt, now)
  const id = `${told.RecordType} ${told.ID ?? told.MessageID ?? ''}`
  return [{ about, at, source: 'postmark', id, ...notice }]
}

function toNotice(told: Postmark): Pick<Notice, 'type' | 'words' | 'bounceClass'> | null {
  switch (told.RecordType) {
    case 'Delivery':
      return { type: 'delivered', words: tidy(told.Details) }
    case 'SpamComplaint':
      return { type: 'complained', words: '' }
    case 'SubscriptionChange':
      // by the recipient's own hand, not because of a bounce that was told already
      return told.SuppressSending && told.SuppressionReason === 'ManualSuppression' && told.Origin === 'Recipient'
        ? { type: 'unsubscribed', words: '' }
        : null
    case 'Bounce': {
      const known = TYPES[told.Type ?? '']
      return known === undefined ? null : { ...known, words: tidy(told.Details || told.Description || told.Type) }
    }
    default:
      return null
  }
}
