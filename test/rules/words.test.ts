import { describe, expect, test } from '@jest/globals'
import { nodesOf, type Rule } from '../../rules/rule.ts'
import { cardWords, en, sentenceOf, textOf, titleOf, type WordOptions } from '../../rules/words.ts'
import { everyCondition } from './everyCondition.ts'

const options: WordOptions = { messages: en, locale: 'en', currency: 'EUR', names: { 'new-leads': 'New leads' } }

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
