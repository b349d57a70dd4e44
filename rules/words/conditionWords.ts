import type { Condition } from '../rule.ts'
import { fill, type Piece } from './fill.ts'
import { firstText, humanize, type WordOptions } from './messages.ts'
import { parametersInClause, parametersOnCard, variantOf } from './parameterWords.ts'
import { sayingOf } from './saying.ts'
import { fieldWords } from './values.ts'

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>=', 'between']

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
  if (condition.fact === 'attribute' && typeof condition.name === 'string' && condition.name !== '') {
    return humanize(condition.name)
  }
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
  return [...fill(template, fieldsOf(condition, options)), ...parametersOnCard(condition, options)]
}

/** A condition as a clause of a sentence about customers: “had their last booking within the last 30 days”. */
export function clauseWords(condition: Condition, negated: boolean, options: WordOptions): Piece[] {
  const { kind, operator } = sayingOf(condition, negated)
  const fields = fieldsOf(condition, options)
  const compared = COMPARISONS.includes(operator)
  const template = firstText(options.messages, keysOf(kind, condition, compared ? 'compare' : operator))
  const comparison = firstText(options.messages, [
    `clause.${condition.fact}.compare.${operator}`,
    `compare.${operator}`,
  ])
  const compare = fill(comparison ?? '{value}', fields)
  const values = {
    ...fields,
    noun: nounOf(condition, condition.value === 1 && operator !== 'none', options),
    one: nounOf(condition, true, options),
    compare: compare.map((piece) => piece.text).join(''),
  }
  const said = template ?? `${kind === 'not' ? '*not* ' : ''}{noun} *${humanize(operator).toLowerCase()} {value}*`
  // Where the verb stands last, what parameters add comes before it.
  const [before = '', after = ''] = said.split('{parameters}')
  const parameters = parametersInClause(condition, options)
  return [...fill(before, values), ...(before === '' ? leading(parameters) : parameters), ...fill(after, values)]
}

/** Words of parameters at the beginning of a clause: the space that parts them from what is before comes after them. */
function leading([first, ...rest]: readonly Piece[]): Piece[] {
  return first === undefined ? [] : [{ ...first, text: first.text.trimStart() }, ...rest, { text: ' ' }]
}

/** What is counted or compared: “bookings”, or for a single one “booking”. */
function nounOf(condition: Condition, single: boolean, options: WordOptions): string {
  if (condition.fact === 'attribute' && typeof condition.name === 'string') return condition.name.replaceAll('_', ' ')
  const { suffix } = variantOf(condition)
  const names = [`noun.${condition.fact}${suffix}`, `noun.${condition.fact}`]
  const ones = single ? names.map((name) => `${name}.one`) : []
  const text = firstText(options.messages, [...ones, ...names])
  return text ?? titleOf(condition, options).toLocaleLowerCase(options.locale)
}

function fieldsOf(condition: Condition, options: WordOptions): Record<string, string> {
  const fields = Object.keys(condition)
    .filter((field) => field !== 'fact' && field !== 'is')
    .map((field) => [field, fieldWords(condition, field, options) || '…'])
  // a value that is not chosen yet has its place, so that it can be chosen there
  return {
    value: '…',
    ...Object.fromEntries(fields),
    ...(condition.fact === 'rank' ? { by: rankedBy(condition, options) } : {}),
  }
}

/** By what customers are ranked: “attended bookings”; by bookings where the rule doesn't say. */
function rankedBy(condition: Condition, options: WordOptions): string {
  const by = typeof condition.by === 'string' ? condition.by : 'booking_count'
  const { suffix } = variantOf(condition)
  return firstText(options.messages, [`noun.rank.${by}${suffix}`, `noun.rank.${by}`]) ?? by
}
