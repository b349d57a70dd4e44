import type { Condition } from '../rule.ts'
import { fill, type Piece } from './fill.ts'
import { firstText, humanize, type WordOptions } from './messages.ts'
import { durationWords, fieldWords } from './values.ts'

/** Operators that say the opposite of another one: `none_of` is said as “not one of”. */
const OPPOSITES: Readonly<Record<string, string>> = {
  none_of: 'one_of',
  not_set: 'set',
  not_top: 'top',
  not_in: 'in',
  false: 'true',
  not_sent: 'sent',
  not_delivered: 'delivered',
  not_opened: 'opened',
  not_clicked: 'clicked',
  not_bounced: 'bounced',
}

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>=', 'between']

/** Facts that count over a period and say “ever” when none is given. */
const OVER_A_PERIOD = ['booking_count', 'payment_total', 'payment_count', 'delivery']

/** Parameters that a message of the condition's own says already. */
const SAID_ELSEWHERE = ['fact', 'is', 'value', 'by', 'name', 'within']

/**
 * A condition may be said in a way of its own when a parameter narrows it to the common case: `.attended`, `.inbound`.
 * The parameter itself is then not said again.
 */
function variantOf(condition: Condition): { suffix: string; said: string | undefined } {
  const { states, direction } = condition
  if (Array.isArray(states) && states.length === 1 && states[0] === 'attended') {
    return { suffix: '.attended', said: 'states' }
  }
  if (typeof direction === 'string') return { suffix: `.${direction}`, said: 'direction' }
  return { suffix: '', said: undefined }
}

/** `card.last_booking.attended.set`, `card.last_booking.set`, `card.set`: from the most special to the most general. */
function keysOf(kind: string, condition: Condition, operator: string): string[] {
  const { suffix } = variantOf(condition)
  return [
    `${kind}.${condition.fact}${suffix}.${operator}`,
    `${kind}.${condition.fact}.${operator}`,
    `${kind}.${operator}`,
  ]
}

/** The name of what a condition asks about, as on its card: “Last attended”. */
export function titleOf(condition: Condition, options: WordOptions): string {
  if (condition.fact === 'attribute' && typeof condition.name === 'string') return humanize(condition.name)
  const { suffix } = variantOf(condition)
  const text = firstText(options.messages, [
    `fact.${condition.fact}${suffix}.${condition.is}`,
    `fact.${condition.fact}${suffix}`,
    `fact.${condition.fact}`,
  ])
  return text ?? humanize(condition.fact)
}

/** A condition as it stands on its card under the title, the words that can be changed with their field. */
export function cardWords(condition: Condition, options: WordOptions): Piece[] {
  const template =
    firstText(options.messages, keysOf('card', condition, condition.is)) ?? `[is|${humanize(condition.is)}] {value}`
  return [...fill(template, fieldsOf(condition, options)), ...parameterWords(condition, options, true)]
}

/** A condition as a clause of a sentence about customers: “had their last booking within the last 30 days”. */
export function clauseWords(condition: Condition, negated: boolean, options: WordOptions): Piece[] {
  const opposite = condition.fact === 'tag' && condition.is === 'none_of' ? 'any_of' : OPPOSITES[condition.is]
  const operator = opposite ?? condition.is
  const kind = negated === (opposite === undefined) ? 'not' : 'clause'
  const fields = fieldsOf(condition, options)
  const compared = COMPARISONS.includes(operator)
  const template = firstText(options.messages, keysOf(kind, condition, compared ? 'compare' : operator))
  const compare = fill(options.messages[`compare.${operator}`] ?? '{value}', fields)
  const values = { ...fields, noun: nounOf(condition, options), compare: compare.map((piece) => piece.text).join('') }
  const said = template ?? `${kind === 'not' ? '*not* ' : ''}{noun} *${humanize(operator).toLowerCase()} {value}*`
  // Where the verb stands last, what parameters add comes before it.
  const [before = '', after = ''] = said.split('{parameters}')
  return [...fill(before, values), ...parameterWords(condition, options, false), ...fill(after, values)]
}

function nounOf(condition: Condition, options: WordOptions): string {
  const { suffix } = variantOf(condition)
  const number = condition.value === 1 ? '.one' : ''
  const names = [`noun.${condition.fact}${suffix}`, `noun.${condition.fact}`]
  const text = firstText(options.messages, [...names.map((name) => name + number), ...names])
  return text ?? titleOf(condition, options).toLocaleLowerCase(options.locale)
}

const fieldsOf = (condition: Condition, options: WordOptions): Record<string, string> =>
  Object.fromEntries(
    Object.keys(condition)
      .filter((field) => field !== 'fact' && field !== 'is')
      .map((field) => [field, fieldWords(condition, field, options)]),
  )

/** What the parameters add: “in the last 12 months”, “for yoga”. On a card a period that is not given is “ever”. */
function parameterWords(condition: Condition, options: WordOptions, onCard: boolean): Piece[] {
  const { said } = variantOf(condition)
  const pieces = periodWords(condition, options, onCard)
  for (const field of Object.keys(condition)) {
    if (SAID_ELSEWHERE.includes(field) || field === said) continue
    const template = options.messages[`parameter.${field}`] ?? ` · {${field}}`
    pieces.push(...fill(template, { [field]: fieldWords(condition, field, options) }))
  }
  return onCard ? pieces : pieces.map((piece) => ({ ...piece, strong: true }))
}

function periodWords(condition: Condition, options: WordOptions, onCard: boolean): Piece[] {
  const within = condition.within as Readonly<Record<string, unknown>> | undefined
  if (within === undefined || within === null) {
    const ever = onCard && OVER_A_PERIOD.includes(condition.fact)
    return ever ? fill(options.messages['parameter.within.ever'] ?? '', {}) : []
  }
  const direction = 'next' in within ? 'next' : 'last'
  const length = within[direction]
  const unit = Object.keys(length ?? {})[0] ?? ''
  const keys = [`parameter.within.${direction}.${unit}`, `parameter.within.${direction}`]
  return fill(firstText(options.messages, keys) ?? ' {within}', { within: durationWords(length, options) ?? '' })
}
