import { both, either, isNone, type Values } from './values.ts'

/** That the value of a key is one of some. */
export type Claim = { readonly key: string; readonly values: Values }

/** What follows for some values when a rule holds, and when it does not. */
export type Formula =
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula }
  | { readonly yes: readonly Claim[]; readonly no: readonly Claim[] }

/** What is known of values; keys that are not in it may be anything. */
type Known = Map<string, Values>

/**
 * Whether some formulas can't hold together for anybody. Never says so wrongly; may fail to see it.
 */
export function exclude(formulas: readonly Formula[]): boolean {
  const known: Known = new Map()
  // what a later one says may leave only one way through an earlier choice
  const rounds = formulas.some((formula) => !('yes' in formula)) ? 3 : 1
  for (let round = 0; round < rounds; round += 1) {
    if (!formulas.every((formula) => learn(known, formula, true))) return true
  }
  return false
}

/** Adds what follows from a formula that holds, or that does not; false when it can't. */
function learn(known: Known, formula: Formula, holds: boolean): boolean {
  if ('yes' in formula) return (holds ? formula.yes : formula.no).every((claim) => learnClaim(known, claim))
  if ('not' in formula) return learn(known, formula.not, !holds)
  const parts = 'all' in formula ? formula.all : formula.any
  if ('all' in formula === holds) return parts.every((part) => learn(known, part, holds))
  return learnChoice(known, parts, holds)
}

function learnClaim(known: Known, { key, values }: Claim): boolean {
  const before = known.get(key)
  const now = before === undefined ? values : both(before, values)
  known.set(key, now)
  return !isNone(now)
}

/** Of a choice that is known which is true in every possible case. */
function learnChoice(known: Known, parts: readonly Formula[], holds: boolean): boolean {
  const cases: Known[] = []
  for (const part of parts) {
    const one: Known = new Map(known)
    if (learn(one, part, holds)) cases.push(one)
  }
  const [first, ...rest] = cases
  if (first === undefined) return false
  for (const [key, values] of first) {
    let joined: Values | undefined = values
    for (const one of rest) {
      const other = one.get(key)
      joined = joined === undefined || other === undefined ? undefined : either(joined, other)
    }
    if (joined !== undefined) known.set(key, joined)
  }
  return true
}
