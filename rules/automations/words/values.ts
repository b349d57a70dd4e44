import { firstText, type WordOptions } from '../../words/messages.ts'
import { minorDigits } from '../../words/values.ts'
import type { CustomerDate, Duration, Gift, Sending, Weekday } from '../automation.ts'
import { WEEKDAYS } from '../automation.ts'

/** `{days: 7}` → `7 days`, as a length of time stands by itself. */
export function spanWords(duration: Duration, { messages, locale }: WordOptions): string {
  const [unit = 'days', count = 0] = Object.entries(duration)[0] ?? []
  const plural = new Intl.PluralRules(locale).select(count)
  const word = firstText(messages, [`span.${unit}.${plural}`, `span.${unit}.other`]) ?? unit
  return `${new Intl.NumberFormat(locale).format(count)} ${word}`
}

/**
 * `3 days before their birthday`.
 *
 * @param kind `date` for the day itself, `date.until` for a wait that lasts until it
 */
export function dateWords(of: CustomerDate, days: number, kind: 'date' | 'date.until', words: WordOptions): string {
  const side = days === 0 ? '0' : days < 0 ? 'before' : 'after'
  const text = words.messages[`${kind}.${of}.${side}`] ?? of
  return text.replace('{days}', spanWords({ days: Math.abs(days) }, words))
}

/** Words with “or” before the last. */
export function orWords(list: readonly string[], { messages }: WordOptions): string {
  const last = list.at(-1) ?? ''
  if (list.length < 2) return last
  return `${list.slice(0, -1).join(messages['list.comma'] ?? ', ')} ${messages['list.or'] ?? 'or'} ${last}`
}

/** `Monday or Friday`. */
export function weekdayWords(days: readonly Weekday[], words: WordOptions): string {
  const format = new Intl.DateTimeFormat(words.locale, { weekday: 'long', timeZone: 'UTC' })
  // 5 January 2026 is a Monday
  const names = WEEKDAYS.filter((day) => days.includes(day)).map((day) =>
    format.format(new Date(Date.UTC(2026, 0, 5 + WEEKDAYS.indexOf(day)))),
  )
  return orWords(names, words)
}

/**
 * `a voucher over €10`, and for how long: `, valid for 14 days`.
 *
 * @param after `with` where the words before it ask for another case, in languages that have cases
 */
export function giftWords(gift: Gift, words: WordOptions, after?: 'with'): { gift: string; for: string } {
  const { messages } = words
  const form =
    gift.kind === 'free_minutes'
      ? 'free_minutes'
      : 'amount' in gift
        ? 'amount'
        : gift.ceiling === undefined
          ? 'percent'
          : 'percent.ceiling'
  const text = firstText(messages, [...(after === undefined ? [] : [`gift.${after}.${form}`]), `gift.${form}`]) ?? form
  const values: Readonly<Record<string, string>> = {
    amount: 'amount' in gift ? moneyWords(gift.amount, words) : '',
    percent: 'percent' in gift ? String(gift.percent) : '',
    ceiling: 'ceiling' in gift && gift.ceiling !== undefined ? moneyWords(gift.ceiling, words) : '',
    minutes: 'minutes' in gift ? String(gift.minutes) : '',
  }
  const until = firstText(messages, [`gift.${form}.for`, 'gift.for']) ?? ''
  const days = spanWords({ days: gift.days }, words)
  return {
    gift: text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''),
    for: until.replace('{days}', days),
  }
}

const MERGE_TAG = /\{\{-?\s*[a-z_]+\.[a-z_.]+\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?-?\}\}/g

/**
 * What a message is called: a mail by its template, what is written at a step by how it begins, as somebody reads it of
 * whom nothing is known. A draft may have none of it yet.
 */
export function messageWords(send: Sending, words: WordOptions): string {
  if (send.channel === 'email') return words.names?.template?.[send.template] ?? send.template
  const written = (send.channel === 'push' ? send.title : send.text) ?? ''
  return beginning(oneLine(written.replace(MERGE_TAG, (_, one?: string, other?: string) => one ?? other ?? '…')))
}

/** All that a message says which is written at a step, to be compared; of a mail nothing, its template has it. */
export function writtenWords(send: Sending): string {
  if (send.channel === 'email') return ''
  const parts = send.channel === 'sms' ? [send.text] : [send.title, send.text, send.url]
  return oneLine(parts.filter(Boolean).join(' · '))
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const BEGINNING = 60
const beginning = (text: string): string =>
  text.length > BEGINNING ? `${text.slice(0, BEGINNING).replace(/\s+\S*$/, '')}…` : text

function moneyWords(minor: number, words: WordOptions): string {
  const digits = minorDigits(words)
  const amount = minor / 10 ** digits
  return new Intl.NumberFormat(words.locale, {
    style: 'currency',
    currency: words.currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : digits,
  }).format(amount)
}
