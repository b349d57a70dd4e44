import { describe, expect, test } from '@jest/globals'
import { catalogue, type KnownValues } from '../../rules/catalogue.ts'
import { checkRule } from '../../rules/check.ts'
import type { Condition, Rule } from '../../rules/rule.ts'
import { en, sentenceOf, textOf, type WordOptions } from '../../rules/words.ts'
import type { CatalogueFact } from '../../ui/canvas/edit/catalogueTypes.ts'
import { fieldsOf, operatorsFor, withAttribute, withField, withOperator } from '../../ui/canvas/edit/fieldKinds.ts'
import { found } from '../../ui/canvas/edit/found.ts'
import { mistakeOf, mistakeOfWord } from '../../ui/canvas/edit/mistakes.ts'
import { newCondition } from '../../ui/canvas/rule/newCondition.ts'
import { inWords } from '../../ui/canvas/rule/problems.ts'
import { LANGUAGES } from '../../ui/messages/index.ts'

const TODAY = '2026-11-25'

const ATTRIBUTES = [
  { value: 'city', type: 'text', values: [{ value: 'Wien', count: 3 }] },
  { value: 'size', type: 'number' },
  { value: 'since', type: 'date' },
  { value: 'vegan', type: 'boolean' },
]
const known: KnownValues = (fact, name) => {
  if (fact === 'attribute') return name === 'name' ? ATTRIBUTES : undefined
  const value = { language: 'de', country: 'AT', segment: 'new-leads' }[fact] ?? '7'
  return [{ value, label: 'Spring', count: 12 }]
}
const facts: CatalogueFact[] = catalogue(known)
const factOf = (name: string): CatalogueFact => {
  const fact = facts.find((one) => one.fact === name)
  if (fact === undefined) throw new Error(`There is no fact ${name}`)
  return fact
}

/** A condition when each control that is empty has been given what it offers first, or a word where it offers none. */
function filled(fact: CatalogueFact, condition: Condition): Condition {
  const empty = fieldsOf(fact, condition)
    .reverse()
    .find((field) => mistakeOf(field, condition[field.name]) !== undefined)
  if (empty === undefined) return condition
  const value = empty.choices[0]?.value ?? 'x'
  return filled(fact, withField(condition, empty.name, empty.input === 'texts' ? [value] : value))
}

const everyOperator = facts.flatMap((fact) => fact.operators.map(({ is }) => [fact.fact, is] as const))

describe('from nothing', () => {
  test.each(everyOperator)('%s %s is made valid, and reads back as it stands in the form', (name, is) => {
    const fact = factOf(name)
    const condition = filled(fact, newCondition(fact, TODAY, is))
    expect(checkRule(condition)).toEqual({ rule: condition })
    const fields = fieldsOf(fact, condition)
    expect(fields.filter((field) => mistakeOf(field, condition[field.name]) !== undefined)).toEqual([])
    expect(JSON.parse(JSON.stringify(condition))).toEqual(condition)
  })

  test.each(facts.map(({ fact }) => [fact]))('%s with each of its parameters is valid', (name) => {
    const fact = factOf(name)
    const begun = filled(fact, newCondition(fact, TODAY))
    for (const { name: parameter, input, choices = [] } of fact.parameters) {
      const [choice] = choices
      const value = input === 'window' ? { last: { days: 30 } } : /s$/.test(input) ? [choice?.value] : choice?.value
      const narrowed = withField(begun, parameter, value)
      expect(checkRule(narrowed)).toEqual({ rule: narrowed })
      expect(withField(narrowed, parameter, undefined)).not.toHaveProperty(parameter)
    }
  })
})

describe('another operator', () => {
  const number = factOf('booking_count')

  test('begins a range with the number, and goes on with the first of the range', () => {
    const three = { fact: 'booking_count', is: '>=', value: 3 }
    const between = withOperator(number, three, 'between', TODAY)
    expect(between).toEqual({ ...three, is: 'between', value: [3, 3] })
    expect(withOperator(number, between, '=', TODAY).value).toBe(3)
  })

  test('brings back what was there under one of its kind', () => {
    const fact = factOf('last_booking')
    const set = { fact: 'last_booking', is: 'set' }
    const before = new Map([['duration', { days: 45 }]])
    expect(withOperator(fact, set, 'more_than_ago', TODAY, before).value).toEqual({ days: 45 })
  })
})

describe('attributes', () => {
  const fact = factOf('attribute')

  test('of a known type have its operators and those for every type', () => {
    const operators = operatorsFor(fact, { fact: 'attribute', name: 'vegan', is: 'true' }).map(({ is }) => is)
    expect(operators).toEqual(['true', 'false', 'set', 'not_set'])
    expect(operatorsFor(fact, { fact: 'attribute', name: 'new one', is: 'true' })).toHaveLength(fact.operators.length)
  })

  test('of another type are asked for by the first operator of theirs', () => {
    const city = { fact: 'attribute', name: 'city', is: 'one_of', value: ['Wien'] }
    expect(withAttribute(fact, city, 'size', TODAY)).toEqual({ fact: 'attribute', name: 'size', is: '=', value: 1 })
    expect(withAttribute(fact, city, 'new one', TODAY)).toEqual({ ...city, name: 'new one' })
  })

  test('offer the texts that they have', () => {
    const fields = fieldsOf(fact, { fact: 'attribute', name: 'city', is: 'one_of', value: [] })
    expect(fields[0]?.choices).toEqual([{ value: 'Wien', label: 'Wien', count: 3 }])
  })
})

describe('what is allowed is said at the control', () => {
  const mistakeAt = (name: string, is: string, value: unknown, scale?: number) => {
    const fact = factOf(name)
    const [field] = fieldsOf(fact, { fact: name, is, value })
    return field && mistakeOf(field, value, scale)
  }

  test('of numbers, in what they are shown in', () => {
    expect(mistakeAt('rank', 'top', 0)).toEqual({ id: 'condition.allowed.whole', values: { min: 1, max: 1_000_000 } })
    expect(mistakeAt('rank', 'top', 2.5)?.id).toBe('condition.allowed.whole')
    expect(mistakeAt('payment_total', '>=', 2e12, 100)?.values).toEqual({ min: -1e10, max: 1e10 })
    expect(mistakeAt('payment_total', 'between', [5, 2])?.id).toBe('condition.allowed.range')
    expect(mistakeAt('booking_count', '>=', undefined)?.id).toBe('condition.allowed.number')
  })

  test('of lengths of time, by their unit', () => {
    expect(mistakeAt('joined', 'within_last', { days: 36_500 })).toBeUndefined()
    expect(mistakeAt('joined', 'within_last', { weeks: 36_500 })?.values).toEqual({ min: 0, max: 5_200 })
    expect(mistakeAt('joined', 'within_last', { months: undefined })?.values).toEqual({ min: 0, max: 1_200 })
    expect(mistakeAt('birthday', 'within_next', { days: 400 })?.values).toEqual({ min: 0, max: 366 })
    expect(mistakeAt('reward', 'ends', { within_next: {} })?.id).toBe('condition.allowed.whole')
  })

  test('of lists, days and texts', () => {
    expect(mistakeAt('tag', 'any_of', [])?.id).toBe('condition.allowed.some')
    expect(mistakeAt('joined', 'before', '0026-01-01')?.id).toBe('condition.allowed.day')
    expect(mistakeAt('segment', 'in', '')?.id).toBe('condition.allowed.one')
    expect(mistakeAt('attribute', 'contains', 'x'.repeat(201))?.values).toEqual({ longest: 200 })
  })

  test('of words that do not exist yet', () => {
    const limitsOf = (name: string) => fieldsOf(factOf(name), { fact: name, is: 'one_of' })[0]?.limits ?? {}
    expect(mistakeOfWord('Germany', limitsOf('country'), 'DE')).toEqual({
      id: 'condition.allowed.code',
      values: { example: 'DE' },
    })
    expect(mistakeOfWord('CH', limitsOf('country'), 'DE')).toBeUndefined()
    expect(mistakeOfWord('x'.repeat(101), limitsOf('aggregator'), '')?.id).toBe('condition.allowed.text')
  })
})

test('what is searched for is found without its accents, what begins with it first', () => {
  const choices = ['Genève', 'Zürich', 'Neu-Zurich'].map((value) => ({ value, label: value }))
  expect(found(choices, 'zuri').map(({ value }) => value)).toEqual(['Zürich', 'Neu-Zurich'])
  expect(found(choices, 'geneve')).toHaveLength(1)
})

test.each(LANGUAGES)('the catalogue in %s has words for everything that a form shows', (language) => {
  for (const { label, parameters, operators } of catalogue(known, language)) {
    for (const shown of [label, ...[...parameters, ...operators].map((part) => part.label)])
      expect(shown).toMatch(/\p{L}/u)
  }
})

test('what is not chosen yet has a place in the words', () => {
  const options: WordOptions = { messages: en, locale: 'en', currency: 'EUR' }
  expect(textOf(sentenceOf({ fact: 'segment', is: 'in', value: '' }, options))).toBe(
    'Customers who are in the segment “…”.',
  )
  expect(textOf(sentenceOf({ fact: 'joined', is: 'within_last', value: { days: undefined } }, options))).toBe(
    'Customers who joined within the last ….',
  )
})

test('what is known of a condition is said in place of the server’s words; other words stay', () => {
  const rule: Rule = { all: [{ not: { fact: 'tag', is: 'any_of', value: [] } }, { fact: 'age', is: '>=', value: 1 }] }
  const problems = new Map([
    ['/all/0', ['This is an empty list.']],
    ['/all/1', ['Something else.']],
  ])
  const said = inWords(problems, rule, ({ fact }) => (fact === 'tag' ? ['Choose at least one.'] : []))
  expect([...said]).toEqual([
    ['/all/0', ['Choose at least one.']],
    ['/all/1', ['Something else.']],
  ])
})
