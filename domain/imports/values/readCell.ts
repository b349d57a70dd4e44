import type { Field } from '../fields.ts'
import type { Choices } from '../import.ts'
import type { ReasonCode } from '../reasons.ts'
import { type Calendar, readDay, readInstant, readTime } from './dates.ts'
import { readDecimal, readMinutes, readMoney } from './numbers.ts'
import { readBookingState, readCountry, readGender, readLanguage, readYesNo } from './words.ts'

export type CellValue = string | number | boolean | string[]

/** What cells are read with. */
export type Ways = Calendar & Pick<Choices, 'decimal'> & { /** Digits of the currency's minor unit. */ digits: number }

/** A value, or why there is none. */
export type Read = { value: CellValue } | { problem: ReasonCode }

/** What stands for nothing in exports of other programs. */
const NOTHING = /^(?:[-–—]|n\/a|null|#n\/a)$/i
const SHEET_ERROR = /^#(?:REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/
/** What ingest takes for an address, too. */
const EMAIL = /^(?:[\w'+-]+\.)*[\w'+-]*[\w+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

/**
 * The text of a cell without what is only around it: spaces, what no text may hold, and the apostrophe by which exports,
 * also ours, keep a spreadsheet from taking a text for a formula.
 *
 * @returns null when nothing stands there
 */
export function cellText(cell: string | undefined): string | null {
  const text = (cell ?? '')
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/^[\s\uFEFF\u200B]+|[\s\u200B]+$/g, '')
  const bare = /^'[=+\-@＝＋－＠]/.test(text) ? text.slice(1) : text
  return bare === '' || NOTHING.test(bare) ? null : bare
}

/** Reads the text of a cell as a field's value. */
export function readCell(text: string, { type, length = 0 }: Pick<Field, 'type' | 'length'>, ways: Ways): Read {
  if (SHEET_ERROR.test(text)) return { problem: 'formula_error' }
  const or = (value: CellValue | null, problem: ReasonCode): Read => (value === null ? { problem } : { value })
  switch (type) {
    case 'id':
      return /^[A-Za-z0-9._:-]{1,64}$/.test(text) ? { value: text } : { problem: 'not_an_id' }
    case 'text':
    case 'full_name':
      return text.length <= length ? { value: text } : { problem: 'too_long' }
    case 'email':
      return or(readEmail(text), 'not_an_email')
    case 'phone':
      return text.length <= 40 ? { value: text } : { problem: 'too_long' }
    case 'day':
      return or(readDay(text, ways), 'not_a_date')
    case 'instant':
      return or(readInstant(text, ways), 'not_an_instant')
    case 'time':
      return or(readTime(text), 'not_a_time')
    case 'gender':
      return or(readGender(text), 'not_a_gender')
    case 'language':
      return or(readLanguage(text), 'not_a_language')
    case 'country':
      return or(readCountry(text), 'not_a_country')
    case 'yes_no':
      return or(readYesNo(text), 'not_yes_or_no')
    case 'whole':
      return or(readWhole(text, ways), 'not_a_number')
    case 'money':
      return or(readMoney(text, ways.decimal, ways.digits), 'not_an_amount')
    case 'minutes':
      return or(readMinutes(text), 'not_minutes')
    case 'booking_state':
      return or(readBookingState(text), 'not_a_state')
    case 'tags':
      return readTags(text)
  }
}

/** An address, also out of `Anna Keller <anna@mail.test>` and `mailto:`; with the case that was typed. */
function readEmail(text: string): string | null {
  const [, inBrackets] = /<([^<>]+)>\s*$/.exec(text) ?? []
  const bare = (inBrackets ?? text).replace(/^mailto:/i, '').trim()
  return bare.length <= 320 && EMAIL.test(bare) ? bare : null
}

function readWhole(text: string, { decimal }: Ways): number | null {
  const number = readDecimal(text, decimal)
  return number !== null && /^-?\d{1,15}(\.0+)?$/.test(number) ? Number(number) : null
}

export const MAX_TAGS = 50
const MAX_TAG = 100

function readTags(text: string): Read {
  const clean = (tag: string) =>
    tag
      .normalize('NFC')
      .replace(/[\u2060\u00AD\p{Cc}\s]+/gu, ' ')
      .trim()
  const tags = [
    ...new Set(
      text
        .split(/[,;|\n]/)
        .map(clean)
        .filter((tag) => tag !== ''),
    ),
  ]
  return tags.length > MAX_TAGS || tags.some((tag) => tag.length > MAX_TAG)
    ? { problem: 'too_many_tags' }
    : { value: tags }
}
