import { type Database, execute, fromJson, rows } from '../database.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'

type Language = 'en' | 'fr' | 'it' | 'de'

/** At most `mails` mails to one customer within `days` days. */
export type FrequencyCap = { mails: number; days: number }
/** Local times `HH:MM` between which nothing is sent. */
export type QuietHours = { from: string; to: string }
/** The most messages a minute: of one campaign, over a channel, to the addresses of one domain. */
export type RateLimits = {
  per_campaign?: number | undefined
  channels?: Partial<Record<ChannelName, number>> | undefined
  domains?: Record<string, number> | undefined
}
/** Mail is signed for a domain, with the key that DNS has under a selector. */
export type DkimName = { domain: string; selector: string }
/**
 * The share of a reading's price that a loyalty mail with a voucher earns, and who gets it: for readings in the voucher's
 * period, or within so many days after the mail.
 */
type LoyaltyReward = { rate: number; to: 'provider' | 'business'; days?: number | undefined }

/** The business itself: what its days, money and mails are read with. */
export type Settings = {
  name: string
  /** An IANA time zone. */
  timeZone: string
  /** ISO 4217. */
  currency: string
  language: Language
  senderName: string
  senderEmail: string
  /** Whether a customer who never said yes or no may be mailed. */
  mailUnknownConsent: boolean
  frequencyCap: FrequencyCap | null
  quietHours: QuietHours | null
  /** A campaign to more customers than this needs a second person's approval; null: none does. */
  approvalAbove: number | null
  rateLimits: RateLimits | null
  /** What telephone numbers without a country begin with, e.g. `+49`. */
  phonePrefix: string | null
  dkim: DkimName | null
  /** The domain of return paths, whose mail comes to our own listener; null: bounces go to the sender’s address. */
  bounceDomain: string | null
  loyaltyReward: LoyaltyReward | null
  /** Whether free minutes that are left after a use can be used until their period ends. */
  freeMinutesCarryOn: boolean
  /** A booking belongs to a message of at most so many days before. */
  attributionDays: number
}

type Row = {
  name: string
  time_zone: string
  currency: string
  language: Language
  sender_name: string
  sender_email: string
  mail_unknown_consent: number
  frequency_cap: string | null
  quiet_hours: string | null
  approval_above: number | null
  rate_limits: string | null
  phone_prefix: string | null
  dkim: string | null
  bounce_domain: string | null
  loyalty_reward: string | null
  free_minutes_carry_on: number
  attribution_days: number
}

/** The settings of the business; a database that has none yet gets the defaults first. */
export async function readSettings(db: Database): Promise<Settings> {
  const found = await select(db)
  if (found !== null) return found
  await insertDefaults(db)
  const made = await select(db)
  if (made === null) throw new Error('The settings row could not be made')
  return made
}

async function select(db: Database): Promise<Settings | null> {
  const [row] = await rows<Row>(db, 'SELECT * FROM settings WHERE id = 1')
  if (row === undefined) return null
  return {
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    language: row.language,
    senderName: row.sender_name,
    senderEmail: row.sender_email,
    mailUnknownConsent: row.mail_unknown_consent === 1,
    frequencyCap: fromJson<FrequencyCap>(row.frequency_cap),
    quietHours: fromJson<QuietHours>(row.quiet_hours),
    approvalAbove: row.approval_above,
    rateLimits: fromJson<RateLimits>(row.rate_limits),
    phonePrefix: row.phone_prefix,
    dkim: fromJson<DkimName>(row.dkim),
    bounceDomain: row.bounce_domain,
    loyaltyReward: fromJson<LoyaltyReward>(row.loyalty_reward),
    freeMinutesCarryOn: row.free_minutes_carry_on === 1,
    attributionDays: row.attribution_days,
  }
}

/** Several processes may start on an empty database at once: the first one's row stands. */
async function insertDefaults(db: Database): Promise<void> {
  await execute(
    db,
    `INSERT IGNORE INTO settings (id, name, time_zone, currency, language, sender_name, sender_email, updated_at)
     VALUES (1, 'My business', 'UTC', 'EUR', 'en', 'My business', 'hello@business.test', UTC_TIMESTAMP(3))`,
  )
}
