import { describe, expect, test } from '@jest/globals'
import { nodesOf, type Rule } from '../../rules/rule.ts'
import { cardWords, en, sentenceOf, textOf, titleOf, type WordOptions } from '../../rules/words.ts'
import { everyCondition } from './everyCondition.ts'

const options: WordOptions = {
  messages: en,
  locale: 'en',
  currency: 'EUR',
  names: { segment: { 'new-leads': 'New leads' } },
}

const sentence = (rule: Rule): string => textOf(sentenceOf(rule, options))

describe('every condition of the language has words', () => {
  test.each(everyCondition.map((condition) => [JSON.stringify(condition), condition] as const))(
    '%s',
    (_, condition) => {
      const card = cardWords(condition, options)
      expect(titleOf(condition, options)).toMatch(/^\p{Lu}/u)
      expect(textOf(card)).toMatch(/^[^{}[\]*]+$/)
      expect(card.some((piece) => piece.field === 'is' || piece.field === 'value')).toBe(true)
      if (condition.value !== undefined) expect(card.some((piece) => piece.field === 'value')).toBe(true)

      const yes = sentence(condition)
      const no = sentence({ not: condition })
      for (const text of [yes, no]) expect(text).toMatch(/^Customers who [^{}[\]*_]+\.$/)
      expect(yes).not.toBe(no)
      // What is inverted twice is said as it was.
      expect(sentence({ not: { not: condition } })).toBe(yes)
      // A text that exists for the operator only, or a name that was made up, would show here.
      expect(en[`fact.${condition.fact}`] ?? condition.fact).not.toMatch(/_/)
    },
  )
})

describe('a rule as a sentence', () => {
  const attended = { fact: 'last_booking', states: ['attended'], is: 'set' }
  const lately = { fact: 'last_booking', states: ['attended'], is: 'within_last', value: { days: 14 } }
  const member = { fact: 'membership', is: 'valid_uncancelled' }

  test('the segments that ship', () => {
    expect(sentence({ fact: 'first_booking', is: 'within_next', value: { days: 30 } })).toBe(
      'Customers who have their first booking within the next 30 days.',
    )
    expect(
      sentence({
        all: [
          { fact: 'first_booking', is: 'more_than_ago', value: { days: 30 } },
          { fact: 'last_booking', is: 'within_last', value: { days: 30 } },
        ],
      }),
    ).toBe('Customers who had their first booking more than 30 days ago and had a booking within the last 30 days.')
    expect(sentence({ all: [{ fact: 'membership', is: 'valid_cancelled' }, { not: member }] })).toBe(
      'Customers who have a valid but cancelled membership and have no valid, uncancelled membership.',
    )
    expect(sentence({ all: [attended, { not: lately }] })).toBe(
      'Customers who attended at least once and did not attend within the last 14 days.',
    )
  })

  test('and, either … or, and brackets where they could be mistaken', () => {
    expect(sentence({ all: [attended, { any: [member, lately] }] })).toBe(
      'Customers who attended at least once and either have a valid, uncancelled membership or attended within the last 14 days.',
    )
    expect(sentence({ all: [{ any: [member, lately] }, attended] })).toBe(
      'Customers who (either have a valid, uncancelled membership or attended within the last 14 days) and attended at least once.',
    )
  })

  test('not of a group is said of its parts', () => {
    expect(sentence({ not: { any: [member, lately] } })).toBe(
      'Customers who have no valid, uncancelled membership and did not attend within the last 14 days.',
    )
    expect(sentence({ not: { all: [member, lately] } })).toBe(
      'Customers who either have no valid, uncancelled membership or did not attend within the last 14 days.',
    )
  })

  test('everyone and no one', () => {
    expect(sentence({ all: [] })).toBe('Everyone.')
    expect(sentence({ any: [] })).toBe('No one.')
  })

  test('one is singular, money has its currency, days are days', () => {
    expect(sentence({ fact: 'last_booking', is: 'within_last', value: { days: 1 } })).toContain('last 1 day.')
    expect(sentence({ fact: 'booking_count', is: '>=', value: 1 })).toContain('at least 1 booking.')
    expect(sentence({ fact: 'payment_total', is: '>=', value: 15000 })).toContain('at least €150.')
    expect(sentence({ fact: 'payment_total', is: '>=', value: 15050 })).toContain('at least €150.50.')
    expect(sentence({ fact: 'joined', is: 'after', value: '2026-03-01' })).toContain('after Mar 1, 2026.')
  })

  test('every phrase names the card whose words it says', () => {
    const rule: Rule = { all: [attended, { not: lately }, { any: [member, { not: { not: member } }] }] }
    const paths = new Set(sentenceOf(rule, options).flatMap((run) => run.path ?? []))
    expect([...paths]).toEqual(['/all/0', '/all/1', '/all/2/any/0', '/all/2/any/1/not'])
    const known = new Set(nodesOf(rule).map((node) => node.path))
    for (const path of paths) expect(known).toContain(path)
  })
})

test('the words that can be changed are pills with their field', () => {
  const card = cardWords({ fact: 'last_booking', is: 'more_than_ago', value: { days: 14 } }, options)
  expect(card).toEqual([
    { text: 'more than', field: 'is' },
    { text: ' ' },
    { text: '14 days', field: 'value' },
    { text: ' ago' },
  ])
})

describe('numbers that everybody has', () => {
  const bookings = { fact: 'booking_count', states: ['attended'], within: { last: { months: 3 } } }

  test('none is “no”, and its opposite “at least one”', () => {
    for (const [is, value] of [
      ['=', 0],
      ['<=', 0],
      ['<', 1],
    ]) {
      const none = { ...bookings, is: String(is), value }
      expect(sentence(none)).toBe('Customers who have no attended bookings in the last 3 months.')
      expect(sentence({ not: none })).toMatch(
        /^Customers who have at least (one|1) attended booking in the last 3 months/,
      )
    }
    expect(sentence({ fact: 'payment_total', is: '=', value: 0 })).toBe('Customers who spent nothing.')
  })

  test('are said by the opposite comparison when inverted', () => {
    expect(sentence({ not: { ...bookings, is: '>=', value: 2 } })).toBe(
      'Customers who have fewer than 2 attended bookings in the last 3 months.',
    )
    expect(sentence({ not: { fact: 'age', is: '>=', value: 30 } })).toBe('Customers who are not at least 30 years old.')
  })
})

test('things with an id are said by their names, and by the id where the name is not known', () => {
  const names = { segment: { 'new-leads': 'New leads' }, campaign: { '7': 'Spring' } }
  const said = (rule: Rule) => textOf(sentenceOf(rule, { ...options, names }))
  expect(said({ fact: 'segment', is: 'in', value: 'new-leads' })).toBe('Customers who are in the segment “New leads”.')
  expect(said({ fact: 'segment', is: 'in', value: 'gone' })).toBe('Customers who are in the segment “gone”.')
  expect(said({ fact: 'delivery', is: 'opened', campaign: '7', within: { last: { days: 30 } } })).toBe(
    'Customers who opened a message of the campaign “Spring” in the last 30 days.',
  )
})

test('a rank says by what', () => {
  expect(sentence({ fact: 'rank', by: 'booking_count', states: ['attended'], is: 'top', value: 100 })).toBe(
    'Customers who are in the top 100 by attended bookings.',
  )
  expect(sentence({ fact: 'rank', by: 'payment_total', is: 'not_top', value: 10 })).toBe(
    'Customers who are not in the top 10 by money spent.',
  )
})
