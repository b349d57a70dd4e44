import { FACTS } from '../facts/index.ts'
import type { Condition } from '../rule.ts'
import { canonical } from './canonical.ts'
import type { Formula } from './claims.ts'
import { dateClaims } from './dateClaims.ts'
import { numberClaims } from './numberClaims.ts'
import { both, except, only, others, type Values } from './values.ts'

/**
 * What follows from a condition, as far as it is known here. What is not known follows a value of its own: it holds or
 * does not. A condition that is not finished claims nothing.
 */
export function claimsOf(condition: Condition): Formula {
  const { fact, is, value, ...parameters } = condition
  const subject = `${fact} ${canonical(parameters)}`
  return knownClaims(condition, subject) ?? opaque(condition)
}

function knownClaims(condition: Condition, subject: string): Formula | undefined {
  const { fact, is, value } = condition
  if (fact === 'membership') return membershipClaims(is, subject)
  if (fact === 'tag') return tagClaims(is, value)
  if (fact === 'rank') return rankClaims(is, value, subject)
  if (fact === 'birthday') return birthdayClaims(is, value, subject)
  if (fact === 'attribute') return attributeClaims(condition, subject)
  const operators = FACTS[fact]?.operators ?? {}
  if ('within_last' in operators) return dateClaims(condition, subject)
  if ('>=' in operators) return numberClaims(condition, subject)
  return 'one_of' in operators ? wordClaims(condition, subject) : undefined
}

const YES = 'yes'
const NO = 'no'

/** That something holds, as a value of its own. */
function holds(key: string): Formula {
  return { yes: [{ key, values: only([YES]) }], no: [{ key, values: only([NO]) }] }
}

/** `false` and `not_opened` are the opposite of `true` and `opened`; of an attribute of another type neither holds. */
function opaque(condition: Condition): Formula {
  const { fact, is } = condition
  const positive = is === 'false' ? 'true' : is.replace(/^not_/, '')
  const isOpposite = positive !== is && fact !== 'attribute' && FACTS[fact]?.operators[positive] !== undefined
  const formula = holds(canonical({ ...condition, is: isOpposite ? positive : is }))
  return isOpposite ? { not: formula } : formula
}

/** A value that is among some exactly when the condition holds. */
function among(key: string, values: Values, universe: Values): Formula {
  return { yes: [{ key, values: both(universe, values) }], no: [{ key, values: both(universe, others(values)) }] }
}

/** A customer is never, expired or valid, with memberships that are cancelled, not cancelled, or both. */
const MEMBERSHIPS: Readonly<Record<string, readonly string[]>> = {
  never: ['never'],
  expired: ['expired'],
  valid: ['cancelled', 'uncancelled', 'cancelled and uncancelled'],
  valid_cancelled: ['cancelled', 'cancelled and uncancelled'],
  valid_uncancelled: ['uncancelled', 'cancelled and uncancelled'],
}
const EVERY_MEMBERSHIP = only(Object.values(MEMBERSHIPS).flat())

function membershipClaims(is: string, subject: string): Formula | undefined {
  const states = MEMBERSHIPS[is]
  return states && among(subject, only(states), EVERY_MEMBERSHIP)
}

/** Each tag is there or not, by itself. */
function tagClaims(is: string, value: unknown): Formula | undefined {
  const tags = textsOf(value)?.map((tag) => holds(`tag ${tag}`))
  if (tags === undefined) return undefined
  if (is === 'all_of') return { all: tags }
  return is === 'none_of' ? { not: { any: tags } } : { any: tags }
}

/** A place from 1 on, or none. */
function rankClaims(is: string, value: unknown, subject: string): Formula | undefined {
  if (typeof value !== 'number') return undefined
  const top = numberClaims({ fact: 'rank', is: '<=', value }, subject)
  return is === 'top' || top === undefined ? top : { not: top }
}

/** How many days away it is, of which each length holds for the shorter ones; or its month. */
function birthdayClaims(is: string, value: unknown, subject: string): Formula | undefined {
  if (is === 'month') {
    const months = [value].flat().filter((month) => typeof month === 'number')
    if (months.length === 0) return undefined
    const year = Array.from({ length: 12 }, (_, index) => String(index + 1))
    return among(`${subject} month`, only(months.map(String)), only(year, true))
  }
  const days = typeof value === 'object' && value !== null && 'days' in value ? value.days : undefined
  return typeof days === 'number'
    ? numberClaims({ fact: 'birthday', is: '<=', value: days }, `${subject} ${is}`)
    : undefined
}

/** Everybody has one. */
const NEVER_MISSING = ['status']

function wordClaims({ fact, is, value }: Condition, subject: string): Formula | undefined {
  const key = `${subject} words`
  const choices = FACTS[fact]?.operators.one_of?.value?.choices
  const missing = !NEVER_MISSING.includes(fact)
  const universe = choices === undefined ? except([], missing) : only(choices, missing)
  if (is === 'set') return among(key, except([]), universe)
  if (is === 'not_set') return { not: among(key, except([]), universe) }
  const words = textsOf(value)
  if (words === undefined || (is !== 'one_of' && is !== 'none_of')) return undefined
  const one = among(key, only(words), universe)
  return is === 'one_of' ? one : { not: one }
}

/**
 * An attribute has one value, of one type. Whatever is said of the value, the customer has one then; `none_of` is also
 * true of who has none.
 */
function attributeClaims(condition: Condition, subject: string): Formula {
  const { is } = condition
  const isThere = holds(`${subject} is there`)
  if (is === 'set') return isThere
  if (is === 'not_set') return { not: isThere }
  if (is === 'none_of') return { not: attributeClaims({ ...condition, is: 'one_of' }, subject) }
  const truth = is === 'true' || is === 'false'
  const found = truth
    ? among(`${subject} truth`, only([is]), only(['true', 'false'], true))
    : (numberClaims(condition, subject) ?? dateClaims(condition, subject) ?? wordClaims(condition, subject))
  return { all: [found ?? opaque(condition), isThere] }
}

function textsOf(value: unknown): string[] | undefined {
  const texts = Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry === 'string')
  return texts ? value : undefined
}
