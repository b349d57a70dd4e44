import type { Condition } from '../rule.ts'
import type { WordOptions } from './messages.ts'
import { firstText } from './messages.ts'

const UNITS = ['days', 'weeks', 'months'] as const
const DAY = /^\d{4}-\d\d-\d\d$/

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `{days: 30}` → `30 days`; undefined for what is not a length of time. */
export function durationWords(value: unknown, options: WordOptions): string | undefined {
  if (!isRecord(value)) return undefined
  for (const unit of UNITS) {
    const count = value[unit]
    if (typeof count !== 'number') continue
    const plural = new Intl.PluralRules(options.locale).select(count)
    const words = firstText(options.messages, [`${unit}.${plural}`, `${unit}.other`]) ?? unit
    return `${numberWords(count, options)} ${words}`
  }
  return undefined
}

const numberWords = (value: number, options: WordOptions): string =>
  new Intl.NumberFormat(options.locale, { maximumFractionDigits: 6 }).format(value)

/** How many digits of an amount in minor units stand after the point: 2 for euros, 0 for yen. */
export const minorDigits = ({ locale, currency }: WordOptions): number =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Minor units → `€150`, with the decimals only where they say something. */
function moneyWords(minor: number, options: WordOptions): string {
  const digits = minorDigits(options)
  const amount = minor / 10 ** digits
  return new Intl.NumberFormat(options.locale, {
    style: 'currency',
    currency: options.currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : digits,
  }).format(amount)
}

function dayWords(day: string, options: WordOptions): string {
  const format = new Intl.DateTimeFormat(options.locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const words = format.format(new Date(`${day}T00:00:00Z`))
  // in French the first of a month has an ordinal number, which the format leaves out
  return options.locale.startsWith('fr') ? words.replace(/^1 /, '1er ') : words
}

const monthWords = (month: number, options: WordOptions): string =>
  new Intl.DateTimeFormat(options.locale, { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, month - 1, 1)),
  )

/** The name of what a value stands for: a segment, a language, a country. */
function valueName(value: string, { fact }: Condition, options: WordOptions): string | undefined {
  if (fact === 'segment') return options.names?.segment?.[value]
  const code = fact === 'language' ? /^[a-z]{2,3}$/ : fact === 'country' ? /^[A-Z]{2}$/ : undefined
  if (!code?.test(value)) return undefined
  return new Intl.DisplayNames(options.locale, { type: fact === 'language' ? 'language' : 'region' }).of(value)
}

function oneWord(value: unknown, condition: Condition, field: string, options: WordOptions): string {
  if (typeof value === 'number') {
    if (field === 'value' && condition.fact === 'payment_total') return moneyWords(value, options)
    if (field === 'value' && condition.is === 'month') return monthWords(value, options)
    return numberWords(value, options)
  }
  if (typeof value === 'string') {
    if (DAY.test(value)) return dayWords(value, options)
    const known = firstText(options.messages, [`choice.${condition.fact}.${value}`, `choice.${value}`])
    if (field === 'value') return valueName(value, condition, options) ?? known ?? value
    if (field === 'campaign' || field === 'template' || field === 'automation') {
      return options.names?.[field]?.[value] ?? value
    }
    return known ?? value
  }
  if (typeof value === 'boolean') return options.messages[`choice.${value}`] ?? String(value)
  if (isRecord(value)) {
    const inner = durationWords(value, options) ?? Object.values(value).map((part) => durationWords(part, options))[0]
    if (inner !== undefined) return inner
  }
  // what is not a value yet: a length of time without its number
  return '…'
}

/** Several words with “or” (a choice among them) or “and” before the last. */
function listWords(words: readonly string[], joiner: 'and' | 'or', options: WordOptions): string {
  const last = words.at(-1)
  if (last === undefined) return ''
  if (words.length === 1) return last
  const between = joiner === 'and' ? options.messages['list.and'] : options.messages['list.or']
  return `${words.slice(0, -1).join(options.messages['list.comma'] ?? ', ')} ${between ?? joiner} ${last}`
}

/** What stands in one field of a condition (`value` or a parameter), in words; empty when there is nothing. */
export function fieldWords(condition: Condition, field: string, options: WordOptions): string {
  const value = condition[field]
  if (!Array.isArray(value)) return oneWord(value, condition, field, options)
  const words = value.map((one) => oneWord(one, condition, field, options))
  if (words.length === 0) return options.messages['list.none'] ?? '…'
  const together = condition.is === 'between' || condition.is === 'all_of'
  return listWords(words, together && field === 'value' ? 'and' : 'or', options)
}
