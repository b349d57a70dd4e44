import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, startOfDay } from '../../../rules/time.ts'

/** What days and times are read with. */
export type Calendar = {
  /** Whether 03/04 is the 3rd of April or March 4th. */
  order: 'dmy' | 'mdy'
  timeZone: string
  /** A year of two digits lies in the past for a birthday: 71 is 1971, as long as 2071 is ahead. */
  today: Day
}

/** The first and last day that databases, time zones and date arithmetic all handle. */
const FIRST = '1000-01-02'
const LAST = '9999-11-30'

const MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan', 'januar', 'janner', 'janvier', 'janv', 'gennaio', 'gen'],
  ['february', 'feb', 'februar', 'fevrier', 'fevr', 'fev', 'febbraio', 'febb'],
  ['march', 'mar', 'marz', 'maerz', 'mars', 'marzo'],
  ['april', 'apr', 'avril', 'avr', 'aprile'],
  ['may', 'mai', 'maggio', 'mag'],
  ['june', 'jun', 'juni', 'juin', 'giugno', 'giu'],
  ['july', 'jul', 'juli', 'juillet', 'juil', 'luglio', 'lug'],
  ['august', 'aug', 'aout', 'agosto', 'ago'],
  ['september', 'sep', 'sept', 'septembre', 'settembre', 'set', 'sett'],
  ['october', 'oct', 'oktober', 'okt', 'octobre', 'ottobre', 'ott'],
  ['november', 'nov', 'novembre'],
  ['december', 'dec', 'dezember', 'dez', 'decembre', 'dicembre', 'dic'],
]
const MONTH_OF = new Map(MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))

/** A day of the calendar as files have it: 2026-11-30, 30.11.2026, 11/30/26, 30. November 2026; null for anything else. */
export function readDay(text: string, { order, today }: Calendar): Day | null {
  const plain = text.trim()
  // a spreadsheet's own form of a day, with a time of midnight that nobody typed
  const whole = /^(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?Z?$/.exec(plain)?.[1] ?? plain
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(whole) ?? []
  if (year !== undefined) return dayFrom(Number(year), Number(month), Number(day))
  const [, first, second, last] = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})\.?$/.exec(whole) ?? []
  if (first !== undefined && second !== undefined && last !== undefined) {
    const [d, m] = order === 'dmy' ? [first, second] : [second, first]
    return dayFrom(yearOf(last, today), Number(m), Number(d))
  }
  return named(whole, today)
}

function named(text: string, today: Day): Day | null {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s.,-]+/)
    .filter(Boolean)
  if (words.length !== 3) return null
  const place = words.findIndex((word) => MONTH_OF.has(word))
  const [day, year] = words
    .filter((_, index) => index !== place)
    .map((word) => word.replace(/^(\d{1,2})(st|nd|rd|th|er|o)$/, '$1'))
  if (place < 0 || place > 1 || !/^\d{1,2}$/.test(day ?? '') || !/^(\d{4}|\d{2})$/.test(year ?? '')) return null
  return dayFrom(yearOf(year ?? '', today), MONTH_OF.get(words[place] ?? '') ?? 0, Number(day))
}

function yearOf(digits: string, today: Day): number {
  if (digits.length === 4) return Number(digits)
  const century = Number(today.slice(0, 2)) * 100
  // as spreadsheets have it: twenty years ahead are this century's
  return Number(digits) + century > Number(today.slice(0, 4)) + 20
    ? Number(digits) + century - 100
    : Number(digits) + century
}

function dayFrom(year: number, month: number, day: number): Day | null {
  const at = new Date(Date.UTC(2000, month - 1, day))
  at.setUTCFullYear(year, month - 1, day)
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null
  const found = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return found >= FIRST && found <= LAST ? found : null
}

/** A time of day as `HH:MM:SS`: 18:00, 6.30 pm, 18h30, 18 Uhr; null for anything else. */
export function readTime(text: string): string | null {
  const [, h = '', m = '0', s = '0', half] =
    /^(\d{1,2})(?:\s*(?:[:.h]|uhr)\s*(\d{2})?(?::(\d{2})(?:\.\d+)?)?)?\s*(am|pm|a\.m\.|p\.m\.|uhr)?$/i.exec(
      text.trim(),
    ) ?? []
  if (h === '') return null
  // a bare number is none, unless it says what half of the day it is of
  if (/^\d+$/.test(text.trim())) return null
  const afternoon = /^p/i.test(half ?? '')
  const isHalf = /^[ap]/i.test(half ?? '')
  const hour = isHalf ? (Number(h) % 12) + (afternoon ? 12 : 0) : Number(h)
  if (hour > 23 || Number(m) > 59 || Number(s) > 59 || (isHalf && (Number(h) < 1 || Number(h) > 12))) return null
  return [hour, Number(m), Number(s)].map((part) => String(part).padStart(2, '0')).join(':')
}

const OFFSET = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d\d:?\d\d)$/i

/**
 * An instant: a day with or without a time, in the business's time zone where it does not say which. A day alone is its
 * beginning.
 *
 * @returns RFC 3339 in UTC; null for anything else
 */
export function readInstant(text: string, calendar: Calendar, time: string | null = null): string | null {
  const plain = text.trim()
  const [, onDay, atTime, zone] = OFFSET.exec(plain) ?? []
  if (onDay !== undefined && atTime !== undefined && zone !== undefined) {
    const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(...):?(..)$/, '$1:$2')
    const at = new Date(`${onDay}T${atTime.replace(/(\.\d{3})\d+$/, '$1')}${offset}`)
    return Number.isNaN(at.getTime()) || dayFrom(...partsOf(onDay)) === null ? null : at.toISOString()
  }
  if (/^\d{10}$/.test(plain)) return new Date(Number(plain) * 1000).toISOString()
  const alone = readDay(plain, calendar)
  if (alone !== null) return instantAt(alone, time ?? '00:00:00', calendar.timeZone)
  const [, before = '', after = ''] =
    /^(.*?\d)[T,\s]+(?:um |at |à |alle )?(\d{1,2}\s*(?:[:.h]|uhr).*|\d{1,2}\s*[ap]\.?m\.?)$/i.exec(plain) ?? []
  const [day, clock] = [readDay(before.replace(/[,\s]+$/, ''), calendar), readTime(after)]
  return day === null || clock === null ? null : instantAt(day, time ?? clock, calendar.timeZone)
}

const partsOf = (day: string): [number, number, number] => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return [year, month, date]
}

const HOUR = 3_600_000
/** Days that were met, with their first instants: files name the same days over and over. */
const met = new Map<string, { from: number; isPlain: boolean }>()

function instantAt(day: Day, time: string, timeZone: string): string {
  const key = `${day} ${timeZone}`
  let known = met.get(key)
  if (known === undefined) {
    const from = startOfDay(day, timeZone).getTime()
    known = { from, isPlain: startOfDay(addDays(day, 1), timeZone).getTime() - from === 24 * HOUR }
    if (met.size > 50_000) met.clear()
    met.set(key, known)
  }
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  if (known.isPlain) return new Date(known.from + hours * HOUR + minutes * 60_000 + seconds * 1_000).toISOString()
  // a day on which the clocks change: a time that it skips is taken for the one after it
  const zoned = Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone)
  return new Date(zoned.epochMilliseconds).toISOString()
}
