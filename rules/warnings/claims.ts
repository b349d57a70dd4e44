import type { Values } from './values.ts'

/** That the value of a key is one of some. */
export type Claim = { readonly key: string; readonly values: Values }

/** What follows for some values when a rule holds, and when it does not. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula }
  | { readonly yes: readonly Claim[]; readonly no: readonly Claim[] }
