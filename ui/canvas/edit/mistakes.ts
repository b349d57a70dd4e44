import type { MessageId } from '../../messages/index.ts'
import type { Limits } from './catalogueTypes.ts'
import type { FieldKind } from './fieldKinds.ts'

/** What is wrong with the value of a field, as a text and what it takes. */
export type Mistake = { readonly id: MessageId; readonly values?: Readonly<Record<string, string | number>> }

const UNITS = ['days', 'weeks', 'months'] as const

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What is allowed at a control, when what stands there is not: what the catalogue says of the field, before the server
 * has to. Undefined when all is well.
 * @param scale by how much a number is divided before it is shown: 100 for money of two digits
 */
export function mistakeOf(field: FieldKind, value: unknown, scale = 1): Mistake | undefined {
  const { input, limits, optional } = field
  if (value === undefined && optional) return undefined
  switch (input) {
    case 'number':
    case 'money':
    case 'count':
      return ofNumber(value, limits, scale)
    case 'range':
    case 'money_range':
      return ofRange(value, limits, scale)
    case 'days':
      return ofNumber(isRecord(value) ? value.days : undefined, limits, 1)
    case 'duration':
      return ofDuration(value, limits)
    case 'window':
      return ofDuration(isRecord(value) ? (value.last ?? value.next) : undefined, limits)
    case 'ends':
      return ofDuration(isRecord(value) ? value.within_next : undefined, limits)
    case 'day':
      return typeof value === 'string' && value >= '1000' ? undefined : { id: 'condition.allowed.day' }
    case 'text':
      return ofText(value, limits)
    case 'choices':
    case 'months':
    case 'texts':
      return ofList(value, limits)
    default:
      return value === undefined || value === '' ? { id: 'condition.allowed.one' } : undefined
  }
}

function ofNumber(value: unknown, { min, max, whole }: Limits, scale: number): Mistake | undefined {
  const fits = typeof value === 'number' && value >= (min ?? value) && value <= (max ?? value)
  if (fits && !(whole && !Number.isInteger(value))) return undefined
  const values = { min: (min ?? 0) / scale, max: (max ?? 0) / scale }
  return { id: whole ? 'condition.allowed.whole' : 'condition.allowed.number', values }
}

function ofRange(value: unknown, limits: Limits, scale: number): Mistake | undefined {
  const [from, to] = Array.isArray(value) ? value : []
  const wrong = ofNumber(from, limits, scale) ?? ofNumber(to, limits, scale)
  if (wrong !== undefined) return wrong
  return from <= to ? undefined : { id: 'condition.allowed.range' }
}

function ofDuration(value: unknown, { units }: Limits): Mistake | undefined {
  const given = isRecord(value) ? value : {}
  const unit = UNITS.find((one) => one in given) ?? 'days'
  return ofNumber(given[unit], { min: 0, max: units?.[unit] ?? Number.MAX_SAFE_INTEGER, whole: true }, 1)
}

function ofText(value: unknown, { longest = Number.POSITIVE_INFINITY }: Limits): Mistake | undefined {
  if (typeof value === 'string' && value !== '' && value.length <= longest) return undefined
  return { id: 'condition.allowed.text', values: { longest } }
}

function ofList(value: unknown, { most = Number.POSITIVE_INFINITY }: Limits): Mistake | undefined {
  const length = Array.isArray(value) ? value.length : typeof value === 'number' ? 1 : 0
  if (length === 0) return { id: 'condition.allowed.some' }
  return length <= most ? undefined : { id: 'condition.allowed.most', values: { most } }
}

/** Why a word cannot be added to a list; undefined when it can. */
export function mistakeOfWord(word: string, { longest, shape }: Limits, example: string): Mistake | undefined {
  if (longest !== undefined && word.length > longest) return { id: 'condition.allowed.text', values: { longest } }
  if (shape === undefined || new RegExp(shape).test(word)) return undefined
  return { id: 'condition.allowed.code', values: { example } }
}
