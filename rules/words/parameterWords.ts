import type { Condition } from '../rule.ts'
import { fill, type Piece } from './fill.ts'
import { firstText, type WordOptions } from './messages.ts'
import { durationWords, fieldWords } from './values.ts'

/** Facts that count over a period and say “ever” when none is given. */
const OVER_A_PERIOD = ['booking_count', 'payment_total', 'payment_count', 'delivery', 'rank']

/** Parameters that a message of the condition's own says already. */
const SAID_ELSEWHERE = ['fact', 'is', 'value', 'by', 'name', 'within']

/**
 * A condition may be said in a way of its own when a parameter narrows it to one case: `.attended`, `.inbound`,
 * `.voucher`. The parameter itself is then not said again.
 */
export function variantOf(condition: Condition): { suffix: string; said: string | undefined } {
  const { states, direction, kind } = condition
  if (Array.isArray(states) && states.length === 1 && states[0] === 'attended') {
    return { suffix: '.attended', said: 'states' }
  }
  if (typeof direction === 'string') return { suffix: `.${direction}`, said: 'direction' }
  if (typeof kind === 'string') return { suffix: `.${kind}`, said: 'kind' }
  return { suffix: '', said: undefined }
}

/** What parameters add to a card: “in the last 12 months”, “for yoga”. A period that is not given is “ever”. */
export const parametersOnCard = (condition: Condition, options: WordOptions): Piece[] => [
  ...restWords(condition, options, 'parameter'),
  ...periodWords(condition, options, true),
]

/** What parameters add to a clause of a sentence, with weight; the period last, where it cannot be taken for another's. */
export const parametersInClause = (condition: Condition, options: WordOptions): Piece[] =>
  [...restWords(condition, options, 'clause.parameter'), ...periodWords(condition, options, false)].map((piece) => ({
    ...piece,
    strong: true,
  }))

function restWords(condition: Condition, options: WordOptions, kind: 'parameter' | 'clause.parameter'): Piece[] {
  const { said } = variantOf(condition)
  return Object.keys(condition).flatMap((field) => {
    if (SAID_ELSEWHERE.includes(field) || field === said) return []
    const keys = [`${kind}.${condition.fact}.${field}`, `${kind}.${field}`, `parameter.${field}`]
    const template = firstText(options.messages, keys) ?? ` · {${field}}`
    return fill(template, { [field]: fieldWords(condition, field, options) })
  })
}

function periodWords(condition: Condition, options: WordOptions, onCard: boolean): Piece[] {
  const within = condition.within as Readonly<Record<string, unknown>> | undefined
  if (within === undefined || within === null) {
    const ever = onCard && OVER_A_PERIOD.includes(condition.fact)
    return ever ? fill(options.messages['parameter.within.ever'] ?? '', {}) : []
  }
  const direction = 'next' in within ? 'next' : 'last'
  const length = within[direction]
  const [unit = '', number] = Object.entries(length ?? {})[0] ?? []
  const plural = typeof number === 'number' ? new Intl.PluralRules(options.locale).select(number) : 'other'
  const key = `parameter.within.${direction}`
  const template = firstText(options.messages, [`${key}.${unit}.${plural}`, `${key}.${unit}`, key]) ?? ' {within}'
  // `#` is the number alone, where an adjective stands between it and its unit
  return fill(template.replace('#', String(number)), { within: durationWords(length, options) ?? '' })
}
