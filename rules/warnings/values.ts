import { inBoth, inEither, notIn, type Spans } from './spans.ts'
import { possiblyAmong } from './words.ts'

/** What a value may be: one of some numbers, one of some words, all words but some; and whether there may be none. */
export type Values = { readonly missing: boolean } & (
  | { readonly numbers: Spans }
  | { readonly only: ReadonlySet<string> }
  | { readonly except: ReadonlySet<string> }
)

export const numbers = (spans: Spans, missing = false): Values => ({ missing, numbers: spans })
export const only = (words: Iterable<string>, missing = false): Values => ({ missing, only: new Set(words) })
export const except = (words: Iterable<string>, missing = false): Values => ({ missing, except: new Set(words) })

export function isNone(values: Values): boolean {
  if (values.missing) return false
  if ('numbers' in values) return values.numbers.length === 0
  return 'only' in values && values.only.size === 0
}

/** All that is not among them. */
export function others(values: Values): Values {
  const missing = !values.missing
  if ('numbers' in values) return { missing, numbers: notIn(values.numbers) }
  return 'only' in values ? { missing, except: values.only } : { missing, only: values.except }
}

/** What is among both; where words may be the same to the database, more than that, and never less. */
export function both(one: Values, other: Values): Values {
  const missing = one.missing && other.missing
  if ('numbers' in one || 'numbers' in other) {
    return { missing, numbers: inBoth('numbers' in one ? one.numbers : [], 'numbers' in other ? other.numbers : []) }
  }
  if ('only' in one) {
    const { only: words } = one
    if ('except' in other)
      return only(
        [...words].filter((word) => !other.except.has(word)),
        missing,
      )
    const among = possiblyAmong(other.only)
    return only([...words].filter(among), missing)
  }
  return 'only' in other ? both(other, one) : except([...one.except, ...other.except], missing)
}

/** What is among either; perhaps more than that, and never less. */
export function either(one: Values, other: Values): Values {
  const missing = one.missing || other.missing
  if ('numbers' in one || 'numbers' in other) {
    return { missing, numbers: inEither('numbers' in one ? one.numbers : [], 'numbers' in other ? other.numbers : []) }
  }
  if ('only' in one) {
    if ('only' in other) return only([...one.only, ...other.only], missing)
    const among = possiblyAmong(one.only)
    return except(
      [...other.except].filter((word) => !among(word)),
      missing,
    )
  }
  if ('only' in other) return either(other, one)
  return except(
    [...one.except].filter((word) => other.except.has(word)),
    missing,
  )
}
