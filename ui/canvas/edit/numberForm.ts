import type { Condition } from '../../../rules/rule.ts'
import { minorDigits, type WordOptions } from '../../../rules/words.ts'
import type { FieldKind } from './fieldKinds.ts'

/** How a number is written: its digits after the point, and for money (kept in minor units) by what, and the currency. */
export type NumberForm = { readonly digits: number; readonly scale: number; readonly unit?: string }

/** Money has the digits of its currency; what people and bookings are counted in is whole; attributes may be anything. */
export function numberForm({ input }: FieldKind, { fact }: Condition, words: WordOptions): NumberForm {
  if (input !== 'money' && input !== 'money_range') return { digits: fact === 'attribute' ? 6 : 0, scale: 1 }
  const digits = minorDigits(words)
  const parts = new Intl.NumberFormat(words.locale, { style: 'currency', currency: words.currency }).formatToParts(1)
  return { digits, scale: 10 ** digits, unit: parts.find(({ type }) => type === 'currency')?.value ?? words.currency }
}
