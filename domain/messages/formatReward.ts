import type { MergeData } from './mergeTags.ts'
import type { MailLanguage } from './words.ts'

/** A reward as its row says it: minor units, percent or minutes, and its first and last day. */
export type RewardRow = {
  kind: 'voucher' | 'free_minutes'
  amount: number | null
  percent: number | null
  minutes: number | null
  /** Days, `YYYY-MM-DD`. */
  valid_from: string
  valid_to: string
}

const MINUTES: Record<MailLanguage, string> = {
  en: '{n} minutes',
  de: '{n} Minuten',
  fr: '{n} minutes',
  it: '{n} minuti',
}

const locale = (language: MailLanguage) => (language === 'en' ? 'en-GB' : language)

/** A reward as its customer reads it: “€10.00”, “10 %” or “15 minutes”, and its period. */
export function formatReward(
  reward: RewardRow,
  language: MailLanguage,
  currency: string,
): NonNullable<MergeData['reward']> {
  return {
    kind: reward.kind,
    size: sizeOf(reward, language, currency),
    minutes: reward.minutes === null ? null : String(reward.minutes),
    valid_from: dayIn(reward.valid_from, language),
    valid_to: dayIn(reward.valid_to, language),
  }
}

function sizeOf({ kind, amount, percent, minutes }: RewardRow, language: MailLanguage, currency: string): string {
  const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale(language), options)
  if (kind === 'free_minutes') return MINUTES[language].replace('{n}', numbers({}).format(minutes ?? 0))
  if (percent !== null) return numbers({ style: 'percent', maximumFractionDigits: 1 }).format(percent / 100)
  const money = numbers({ style: 'currency', currency })
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2
  return money.format((amount ?? 0) / 10 ** digits)
}

const dayIn = (day: string, language: MailLanguage) =>
  new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
