import { putSettings, type Settings } from '../../api/contract/settings.ts'
import type { MessageId } from '../messages/index.ts'

/** An empty field is no number. */
type NumberField = number | ''

/** The settings as somebody enters them: one value for each field. */
export type Entered = ReturnType<typeof enteredOf>
export type Field = keyof Entered
type Body = Parameters<typeof putSettings.body.parse>[0] & Partial<Settings>

/** The parts of the page, each with the settings that are saved with it. */
export const SECTIONS = {
  business: ['name', 'time_zone', 'currency', 'language'],
  sender: ['sender_name', 'sender_email', 'bounce_domain', 'dkim', 'phone_prefix'],
  consent: ['mail_unknown_consent'],
  frequency: ['frequency_cap'],
  quiet: ['quiet_hours'],
  speed: ['rate_limits'],
  approval: ['approval_above'],
  rewards: ['free_minutes_carry_on', 'loyalty_reward', 'attribution_days'],
} as const satisfies Readonly<Record<string, readonly (keyof Settings)[]>>
export type SectionName = keyof typeof SECTIONS

/** What the fields show of settings. */
export function enteredOf(settings: Settings) {
  const { frequency_cap: cap, quiet_hours: quiet, rate_limits: rates, dkim, loyalty_reward: share } = settings
  const number = (value: number | undefined): NumberField => value ?? ''
  return {
    name: settings.name,
    time_zone: settings.time_zone,
    currency: settings.currency,
    language: settings.language,
    sender_name: settings.sender_name,
    sender_email: settings.sender_email,
    mail_unknown_consent: settings.mail_unknown_consent,
    bounce_domain: settings.bounce_domain ?? '',
    approval_above: settings.approval_above ?? ('' as NumberField),
    cap_mails: number(cap?.mails),
    cap_days: number(cap?.days),
    quiet_from: quiet?.from ?? '',
    quiet_to: quiet?.to ?? '',
    per_campaign: number(rates?.per_campaign),
    rate_email: number(rates?.channels?.email),
    rate_sms: number(rates?.channels?.sms),
    rate_push: number(rates?.channels?.push),
    rate_domains: Object.entries(rates?.domains ?? {})
      .map(([domain, most]) => `${domain} ${most}`)
      .join('\n'),
    phone_prefix: settings.phone_prefix ?? '',
    dkim_domain: dkim?.domain ?? '',
    dkim_selector: dkim?.selector ?? '',
    share_rate: share === null ? ('' as NumberField) : Math.round(share.rate * 1_000_000) / 10_000,
    share_to: share?.to ?? 'provider',
    share_days: number(share?.days),
    free_minutes_carry_on: settings.free_minutes_carry_on,
    attribution_days: settings.attribution_days as NumberField,
  }
}

/**
 * What of a section differs from the settings as they were, as the API takes it: what nobody touched isn't sent, so that
 * it isn't taken back from somebody who changed it meanwhile.
 */
export function changesOf(entered: Entered, before: Settings, section: SectionName): Body {
  const now = bodyOf(entered)
  const then = bodyOf(enteredOf(before))
  const names: readonly (keyof typeof now)[] = SECTIONS[section]
  return Object.fromEntries(
    names.filter((name) => JSON.stringify(now[name]) !== JSON.stringify(then[name])).map((name) => [name, now[name]]),
  )
}

/** The fields of a section that the API wouldn't take. */
export function wrongFields(entered: Entered, section: SectionName): Field[] {
  const parsed = putSettings.body.safeParse(bodyOf(entered))
  const names: readonly string[] = SECTIONS[section]
  const paths = parsed.success
    ? []
    : parsed.error.issues
        .filter(({ path }) => names.includes(String(path[0])))
        .map(({ path }) => `/${path.map(String).join('/')}`)
  return [...new Set(paths.flatMap((path) => fieldOf(path) ?? []))]
}

function bodyOf(entered: Entered) {
  const { name, time_zone, currency, language, sender_name, sender_email, mail_unknown_consent } = entered
  const { cap_mails: mails, cap_days: days, quiet_from: from, quiet_to: to } = entered
  const dkim = { domain: hostName(entered.dkim_domain), selector: hostName(entered.dkim_selector) }
  const {
    share_rate: rate,
    share_to: beneficiary,
    share_days: shareDays,
    free_minutes_carry_on,
    attribution_days,
  } = entered
  return {
    ...{ time_zone, currency, language, sender_name, mail_unknown_consent, free_minutes_carry_on },
    attribution_days: attribution_days === '' ? Number.NaN : attribution_days,
    loyalty_reward:
      rate === ''
        ? null
        : { rate: rate > 0 ? rate / 100 : -1, to: beneficiary, ...(shareDays === '' ? {} : { days: shareDays }) },
    name: name.trim(),
    sender_email: sender_email.trim(),
    bounce_domain: hostName(entered.bounce_domain) || null,
    approval_above: entered.approval_above === '' ? null : entered.approval_above,
    // half of a pair goes on as it is: it is the missing half that is wrong
    frequency_cap: mails === '' && days === '' ? null : { mails, days },
    quiet_hours: from === '' && to === '' ? null : { from, to },
    rate_limits: ratesOf(entered),
    phone_prefix: entered.phone_prefix.replace(/\s/g, '') || null,
    dkim: dkim.domain === '' && dkim.selector === '' ? null : dkim,
  }
}

function ratesOf({ per_campaign, rate_email: email, rate_sms: sms, rate_push: push, rate_domains }: Entered) {
  const channels = filled({ email, sms, push })
  const domains = Object.fromEntries(
    rate_domains
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => {
        const [domain = '', most = '', ...more] = line.split(/\s+/)
        return [domain.toLowerCase(), more.length === 0 && most !== '' ? Number(most) : Number.NaN]
      }),
  )
  const rates = {
    ...filled({ per_campaign }),
    ...(Object.keys(channels).length > 0 && { channels }),
    ...(Object.keys(domains).length > 0 && { domains }),
  }
  return Object.keys(rates).length === 0 ? null : rates
}

const filled = (fields: Record<string, NumberField>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

/** A name in DNS as it is meant. */
const hostName = (typed: string): string => typed.trim().toLowerCase()

/** Where the API says that something is wrong, and at which field the page says it. */
const PLACES: readonly (readonly [path: string, field: Field])[] = [
  ['/frequency_cap/mails', 'cap_mails'],
  ['/frequency_cap', 'cap_days'],
  ['/quiet_hours/from', 'quiet_from'],
  ['/quiet_hours', 'quiet_to'],
  ['/rate_limits/per_campaign', 'per_campaign'],
  ['/rate_limits/channels/email', 'rate_email'],
  ['/rate_limits/channels/sms', 'rate_sms'],
  ['/rate_limits/channels/push', 'rate_push'],
  ['/rate_limits', 'rate_domains'],
  ['/dkim/selector', 'dkim_selector'],
  ['/dkim', 'dkim_domain'],
  ['/name', 'name'],
  ['/time_zone', 'time_zone'],
  ['/currency', 'currency'],
  ['/language', 'language'],
  ['/sender_name', 'sender_name'],
  ['/sender_email', 'sender_email'],
  ['/bounce_domain', 'bounce_domain'],
  ['/approval_above', 'approval_above'],
  ['/phone_prefix', 'phone_prefix'],
  ['/loyalty_reward/days', 'share_days'],
  ['/loyalty_reward', 'share_rate'],
  ['/attribution_days', 'attribution_days'],
]

/** The field that a JSON Pointer into the settings belongs to; null when it is none of this page. */
export function fieldOf(path: string): Field | null {
  const own = path.replace(/^\/body(?=\/)/, '')
  return PLACES.find(([place]) => own === place || own.startsWith(`${place}/`))?.[1] ?? null
}

/** What to say at a field that is wrong; the server's words where there is nothing. */
export const MISTAKES: Partial<Record<Field, MessageId>> = {
  name: 'settings.needed',
  currency: 'settings.notCurrency',
  sender_email: 'settings.notAddress',
  bounce_domain: 'settings.notDomain',
  cap_mails: 'settings.notCap',
  cap_days: 'settings.notCap',
  quiet_from: 'settings.notQuiet',
  quiet_to: 'settings.notQuiet',
  per_campaign: 'settings.notSpeed',
  rate_email: 'settings.notSpeed',
  rate_sms: 'settings.notSpeed',
  rate_push: 'settings.notSpeed',
  rate_domains: 'settings.notDomains',
  phone_prefix: 'settings.notPrefix',
  share_rate: 'settings.notShare',
  share_days: 'settings.notDays',
  attribution_days: 'settings.notAttribution',
  dkim_domain: 'settings.notDomain',
  dkim_selector: 'settings.notDomain',
}
