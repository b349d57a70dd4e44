import { fieldOf, type ImportKind } from './fields.ts'
import type { Choices, FileRow, Target } from './import.ts'
import type { Reason } from './reasons.ts'
import { type CellValue, cellText, readCell, type Ways } from './values/readCell.ts'

/** A row as it will be stored: the fields that its cells give; null clears one. */
export type RowItem = {
  number: number
  cells: string[]
  values: Record<string, CellValue | null>
  attributes: Record<string, CellValue | null>
  reasons: Reason[]
  /** Whether something in it keeps all of it from being stored. */
  refused: boolean
}

export type RowWays = Ways & { kind: ImportKind; mapping: readonly Target[]; choices: Choices }

const ATTRIBUTE_FIELD = { text: 'text', number: 'text', yes_no: 'yes_no', day: 'day' } as const
const MAX_ATTRIBUTE = 1_000

/** Fields without which a row says nothing. */
const ESSENTIAL: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: [],
  bookings: ['starts_at'],
  memberships: ['valid_from'],
  payments: ['id', 'amount', 'paid_at'],
}
/** Fields that nothing can clear: an empty cell says nothing there. */
const NEVER_CLEARED: readonly string[] = [
  'id',
  'customer',
  'customer_email',
  'start_time',
  'full_name',
  'tags',
  'state',
  'recurring',
  'updated_at',
  'consent_email',
  'consent_sms',
  'consent_push',
]

/** Reads a row by the mapping of its columns. */
export function readRow({ number, cells }: FileRow, ways: RowWays): RowItem {
  const { kind, mapping, choices } = ways
  const item: RowItem = { number, cells, values: {}, attributes: {}, reasons: [], refused: false }
  const blame = (code: Reason['code'], column: number | null, value = '', isFatal = true) => {
    item.reasons.push({ code, column, value: value.slice(0, 60) })
    if (isFatal) item.refused = true
  }
  if (cells.slice(mapping.length).some((cell) => cell.trim() !== '')) blame('too_many_columns', null)
  for (const [column, target] of mapping.entries()) {
    if (target === null) continue
    const text = cellText(cells[column])
    const name = 'field' in target ? target.field : null
    const isEssential = name !== null && (ESSENTIAL[kind].includes(name) || IDENTITY.includes(name))
    if (text === null) {
      if (name !== null && ESSENTIAL[kind].includes(name)) blame('missing', column)
      else if (choices.empty === 'clear' && !(name !== null && NEVER_CLEARED.includes(name))) set(item, target, null)
      continue
    }
    const read = readTarget(text, target, kind, ways)
    if ('value' in read) set(item, target, read.value)
    else blame(read.problem, column, text, isEssential || choices.unreadable === 'reject')
  }
  finish(item, kind, ways, blame)
  return item
}

/** By these somebody is known: what can't be read of them is never left out. */
const IDENTITY: readonly string[] = ['id', 'customer', 'customer_email']

function readTarget(text: string, target: NonNullable<Target>, kind: ImportKind, ways: RowWays) {
  if ('field' in target) {
    const field = fieldOf(kind, target.field)
    return field === undefined ? { problem: 'refused' as const } : readCell(text, field, ways)
  }
  const read = readCell(text, { type: ATTRIBUTE_FIELD[target.type], length: MAX_ATTRIBUTE }, ways)
  return target.type === 'number' && 'value' in read ? readNumber(text) : read
}

function readNumber(text: string) {
  const number = Number(text.replace(/[\s'’]/g, '').replace(/,(?=\d+$)/, '.'))
  return Number.isFinite(number) ? { value: number } : { problem: 'not_a_number' as const }
}

function set(item: RowItem, target: NonNullable<Target>, value: CellValue | null): void {
  if ('field' in target) item.values[target.field] = value
  else item.attributes[target.attribute] = value
}

/** What is made of several cells together. */
function finish(
  item: RowItem,
  kind: ImportKind,
  ways: RowWays,
  blame: (code: Reason['code'], column: number | null) => void,
): void {
  const { values } = item
  if (typeof values.full_name === 'string') {
    const [first, last] = partsOf(values.full_name)
    values.first_name ??= first
    values.last_name ??= last
  }
  delete values.full_name
  const places = (name: string) =>
    ways.mapping.findIndex((target) => target !== null && 'field' in target && target.field === name)
  if (kind === 'bookings' && typeof values.start_time === 'string' && typeof values.starts_at === 'string') {
    const column = places('starts_at')
    const read = readCell(`${dayPart(item.cells[column] ?? '')} ${values.start_time}`, { type: 'instant' }, ways)
    if ('value' in read) values.starts_at = read.value
  }
  delete values.start_time
  if (kind === 'customers') {
    if (values.id == null && values.email == null && !item.refused) blame('no_identity', null)
  } else if (values.customer == null && values.customer_email == null && !item.refused) blame('no_identity', null)
}

/** The day of a cell that may have a time, too: another column says which. */
const dayPart = (cell: string) => (cellText(cell) ?? '').replace(/[T ]\d{1,2}:\d\d.*$/, '')

/** “Anna Keller” and “Keller, Anna”: the last word is the last name, or what stands before the comma. */
function partsOf(name: string): [first: string | null, last: string | null] {
  const plain = name.replace(/\s+/g, ' ').trim()
  const [, last, first] = /^([^,]+),\s*([^,]+)$/.exec(plain) ?? []
  if (last !== undefined && first !== undefined) return [first.slice(0, 200), last.trim().slice(0, 200)]
  const cut = plain.lastIndexOf(' ')
  return cut < 0 ? [plain.slice(0, 200), null] : [plain.slice(0, cut).slice(0, 200), plain.slice(cut + 1).slice(0, 200)]
}
