import type { Claim, Formula } from './claims.ts'
import { both, either, isNone, type Values } from './values.ts'

/** What is known of values, on top of what was known before; keys that are in neither may be anything. */
class Known {
  readonly #before: Known | undefined
  readonly own = new Map<string, Values>()

  constructor(before?: Known) {
    this.#before = before
  }

  get(key: string): Values | undefined {
    return this.own.get(key) ?? this.#before?.get(key)
  }

  adopt({ own }: Known): void {
    for (const [key, values] of own) this.own.set(key, values)
  }
}

/**
 * What is known of everybody who arrives at a place of a rule: what they have passed holds for them. Never says wrongly
 * that something can't hold for any of them; may fail to see it.
 */
export class Arrival {
  readonly #known: Known
  readonly #choices: Choice[]

  /** @param outer of those who arrive at the group in which the place is */
  constructor(outer?: Arrival) {
    this.#known = new Known(outer === undefined ? undefined : outer.#known)
    this.#choices = outer === undefined ? [] : [...outer.#choices]
  }

  /** Whether a formula may hold for somebody who arrives. */
  allows(formula: Formula): boolean {
    return this.#with(formula) !== undefined
  }

  /**
   * Lets only those through for whom a formula holds.
   *
   * @returns false when that is nobody: all stays as it was
   */
  narrow(formula: Formula): boolean {
    const known = this.#with(formula)
    if (known === undefined) return false
    this.#known.adopt(known)
    this.#choices.push(...choiceOf(formula))
    return true
  }

  #with(formula: Formula): Known | undefined {
    const known = new Known(this.#known)
    if (!learn(known, formula, true)) return undefined
    const choices = [...this.#choices, ...choiceOf(formula)]
    // what is known now may leave only one way through an earlier choice, and that again
    const stands = () =>
      choices.every(({ keys, choice }) => !keys.some((key) => known.own.has(key)) || learn(known, choice, true))
    return stands() && stands() ? known : undefined
  }
}

/** A formula from which more may follow when more is known, with the keys that it is about. */
type Choice = { readonly choice: Formula; readonly keys: readonly string[] }

const choiceOf = (formula: Formula): Choice[] =>
  'yes' in formula ? [] : [{ choice: formula, keys: [...new Set(keysOf(formula))] }]

function keysOf(formula: Formula): string[] {
  if ('yes' in formula) return [...formula.yes, ...formula.no].map(({ key }) => key)
  if ('not' in formula) return keysOf(formula.not)
  return ('all' in formula ? formula.all : formula.any).flatMap(keysOf)
}

/** Whether some formulas can't hold together for anybody. */
export function exclude(formulas: readonly Formula[]): boolean {
  const arrival = new Arrival()
  return !formulas.every((formula) => arrival.narrow(formula))
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
  known.own.set(key, now)
  return !isNone(now)
}

/** Of a choice, that is known which is true in every case that there can be. */
function learnChoice(known: Known, parts: readonly Formula[], holds: boolean): boolean {
  const cases: Known[] = []
  for (const part of parts) {
    const one = new Known(known)
    if (learn(one, part, holds)) cases.push(one)
  }
  const [first, ...rest] = cases
  if (first === undefined) return false
  for (const [key, values] of first.own) {
    let joined: Values | undefined = values
    for (const one of rest) {
      const other = one.get(key)
      joined = joined === undefined || other === undefined ? undefined : either(joined, other)
    }
    if (joined !== undefined) known.own.set(key, joined)
  }
  return true
}
