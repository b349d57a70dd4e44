import type { Day } from '../../rules/time.ts'
import { FIELDS, type FieldType, type ImportKind } from './fields.ts'
import type { AttributeType, Choices, FileRow, Separator, Target } from './import.ts'
import { readDay, readInstant } from './values/dates.ts'
import { cellText, readCell, type Ways } from './values/readCell.ts'
import { plainWord } from './values/words.ts'

/**
 * What each column of a file probably is: by its title in four languages, then by what stands in it.
 *
 * @param titles of the columns, in their order
 * @param rows some of the file's, to look at
 */
export function guessMapping(kind: ImportKind, titles: readonly string[], rows: readonly FileRow[]): Target[] {
  const fields = titles.map((title) => fieldCalled(kind, titleWord(title)))
  // of two columns that mean the same the first one counts
  const once = fields.map((name, index) => (name !== null && fields.indexOf(name) === index ? name : null))
  const named = kind === 'customers' ? partsOfName(once, titles) : once
  const taken = new Set(named)
  return named.map((name, column) => {
    if (name !== null) return { field: name }
    const guessed = byContent(kind, cellsOf(rows, column))
    if (guessed === null || taken.has(guessed)) return null
    taken.add(guessed)
    return { field: guessed }
  })
}

/** “Price (CHF)”: what is in brackets says how it is written. */
const titleWord = (title: string): string => plainWord(title.replace(/\([^()]*\)\s*$/, ''))

function fieldCalled(kind: ImportKind, title: string): string | null {
  if (title === '') return null
  return (
    FIELDS[kind].find(({ name, titles }) => plainWord(name) === title || titles.split('|').includes(title))?.name ??
    null
  )
}

/** “Name” beside “Vorname” is the last name, “Nome” beside “Cognome” the first one. */
function partsOfName(fields: readonly (string | null)[], titles: readonly string[]): (string | null)[] {
  const has = (name: string) => fields.includes(name)
  if (!has('full_name') || has('first_name') === has('last_name')) {
    // all three: the whole name says nothing that its parts don't
    return fields.map((name) => (name === 'full_name' && has('first_name') ? null : name))
  }
  const isOneName = (index: number) => /^(name|nom|nome)$/.test(titleWord(titles[index] ?? ''))
  return fields.map((name, index) => {
    if (name !== 'full_name') return name
    if (!isOneName(index)) return name
    return has('first_name') ? 'last_name' : 'first_name'
  })
}

const cellsOf = (rows: readonly FileRow[], column: number): string[] =>
  rows.flatMap(({ cells }) => cellText(cells[column]) ?? [])

const ANY: Ways = { order: 'dmy', timeZone: 'UTC', today: '2026-01-01', decimal: '.', digits: 2 }
const isRead = (text: string, type: FieldType) => 'value' in readCell(text, { type, length: 1_000 }, ANY)

/** What a column without a title that is known has in it, where that is beyond doubt. */
function byContent(kind: ImportKind, cells: readonly string[]): string | null {
  if (cells.length === 0) return null
  const share = (test: (text: string) => boolean) => cells.filter(test).length / cells.length
  if (share((text) => isRead(text, 'email')) > 0.8) return kind === 'customers' ? 'email' : 'customer_email'
  if (kind === 'customers' && share((text) => /^\+\d[\d ()/.-]{6,20}$/.test(text)) > 0.8) return 'phone'
  return null
}

/** What the cells of a column are when it becomes an attribute. */
export function guessAttributeType(rows: readonly FileRow[], column: number): AttributeType {
  const cells = cellsOf(rows, column)
  const all = (test: (text: string) => boolean) => cells.length > 0 && cells.every(test)
  // a leading zero is a number of something, not a quantity
  if (all((text) => /^-?(0|[1-9]\d{0,14})([.,]\d+)?$/.test(text))) return 'number'
  if (all((text) => !/^\d+$/.test(text) && isRead(text, 'yes_no'))) return 'yes_no'
  return all((text) => isRead(text, 'day')) ? 'day' : 'text'
}

/** How days and amounts are written in a file, as far as its cells tell: a day after the 12th can't be a month. */
export function guessChoices(
  { titles, separator }: { titles: readonly string[]; separator: Separator },
  rows: readonly FileRow[],
): Pick<Choices, 'dates' | 'decimal'> {
  const cells = rows.flatMap(({ cells }) => cells.slice(0, titles.length))
  const dates = { dmy: 0, mdy: 0 }
  const decimals = { ',': 0, '.': 0 }
  for (const cell of cells) {
    const [, first, second] = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b/.exec(cell) ?? []
    if (Number(first) > 12 && Number(second) <= 12) dates.dmy++
    if (Number(second) > 12 && Number(first) <= 12) dates.mdy++
    const [, sign] = /^\s*(?:\p{Sc}|[A-Z]{3})?\s*-?\d[\d.,'’ ]*([.,])\d{2}\s*(?:\p{Sc}|[A-Z]{3})?\s*$/u.exec(cell) ?? []
    if (sign === ',' || sign === '.') decimals[sign]++
  }
  const usual = separator === ';' ? ',' : '.'
  return {
    dates: dates.mdy > dates.dmy ? 'mdy' : 'dmy',
    decimal: decimals[','] === decimals['.'] ? usual : decimals[','] > decimals['.'] ? ',' : '.',
  }
}

/**
 * Whether the first row has titles: one of them is known, or nothing in it looks like what stands below.
 *
 * @param rows the first ones, with what may be titles
 */
export function hasTitles(kind: ImportKind, [first, ...others]: readonly FileRow[], today: Day): boolean {
  if (first === undefined) return true
  if (first.cells.some((cell) => fieldCalled(kind, plainWord(cell)) !== null)) return true
  if (others.length === 0) return false
  const calendar = { ...ANY, today }
  const isData = (cell: string) =>
    isRead(cell, 'email') ||
    /^[\d\s+.,/-]+$/.test(cell) ||
    readDay(cell, calendar) !== null ||
    readInstant(cell, calendar) !== null
  return !first.cells.some((cell) => cell.trim() !== '' && isData(cell.trim()))
}

/** What columns without a title are called, as in a spreadsheet: A, B … Z, AA. */
export function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last
}
