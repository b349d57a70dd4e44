import { describe, expect, test } from '@jest/globals'
import { checkRule } from '../../rules/check.ts'

const mistakesOf = (json: unknown) => checkRule(json).mistakes ?? []

describe('a good rule', () => {
  const good: [string, unknown][] = [
    ['everyone', { all: [] }],
    ['no one', { any: [] }],
    ['a condition alone', { fact: 'membership', is: 'valid' }],
    [
      'parameters',
      {
        fact: 'booking_count',
        states: ['attended'],
        services: ['yoga'],
        within: { last: { days: 30 } },
        is: '>=',
        value: 2,
      },
    ],
    ['between', { fact: 'booking_count', is: 'between', value: [1, 3] }],
    ['a date', { fact: 'first_booking', is: 'before', value: '2024-02-29' }],
    ['months', { not: { fact: 'last_booking', is: 'within_last', value: { months: 3 } } }],
  ]
  test.each(good)('%s', (_, rule) => expect(checkRule(rule)).toEqual({ rule }))
})

describe('a bad rule is told where it is wrong and what is allowed there', () => {
  const bad: [string, unknown, string, string][] = [
    ['no object', 'everyone', '', 'the text “everyone”'],
    ['null', null, '', 'null'],
    ['a list', [], '', 'an empty list'],
    ['no kind', { al: [] }, '', 'Did you mean “all”?'],
    ['two kinds', { all: [], any: [] }, '', 'do not go together'],
    ['something beside a group', { all: [], name: 'x' }, '/name', '“name” is not allowed beside “all”'],
    ['a group that is no list', { any: {} }, '/any', 'Allowed is a list of rules'],
    ['a hole', { all: [null] }, '/all/0', 'null'],
    ['nothing inverted', { not: null }, '/not', 'null'],
    ['an unknown fact', { all: [{ fact: 'first_boking', is: 'set' }] }, '/all/0/fact', 'Did you mean “first_booking”?'],
    ['a fact that every object has', { fact: 'constructor', is: 'set' }, '/fact', 'There is no fact “constructor”'],
    ['a fact that is no text', { fact: 7, is: 'set' }, '/fact', 'the number 7'],
    ['no operator', { fact: 'membership' }, '/is', 'is missing. Allowed: valid, valid_cancelled'],
    ['an unknown operator', { fact: 'membership', is: 'vaild' }, '/is', 'Did you mean “valid”?'],
    [
      'an operator of another fact',
      { fact: 'gender', is: '>', value: 1 },
      '/is',
      'Allowed: one_of, none_of, set, not_set',
    ],
    [
      'an unknown parameter',
      { fact: 'first_booking', state: ['attended'], is: 'set' },
      '/state',
      'Did you mean “states”?',
    ],
    ['a parameter of a fact without any', { fact: 'gender', states: [], is: 'set' }, '/states', 'takes none'],
    [
      'a wrong choice',
      { fact: 'first_booking', states: ['atended'], is: 'set' },
      '/states/0',
      'Did you mean “attended”?',
    ],
    ['an empty list', { fact: 'gender', is: 'one_of', value: [] }, '/value', 'Allowed is a list of one or more of'],
    ['no value', { fact: 'gender', is: 'one_of' }, '/value', '“value” is missing. Allowed is a list'],
    ['a value too many', { fact: 'gender', is: 'set', value: true }, '/value', '“set” takes no value'],
    [
      'negative days',
      { fact: 'first_booking', is: 'within_last', value: { days: -1 } },
      '/value/days',
      'a whole n from 0',
    ],
    [
      'half a day',
      { fact: 'first_booking', is: 'within_last', value: { days: 0.5 } },
      '/value/days',
      'a whole n from 0',
    ],
    [
      'a hundred thousand years',
      { fact: 'first_booking', is: 'within_last', value: { days: 1e12 } },
      '/value/days',
      '36500 days',
    ],
    ['not a number', { fact: 'booking_count', is: '>', value: Number.NaN }, '/value', 'a number between'],
    ['no end', { fact: 'booking_count', is: '>', value: Number.POSITIVE_INFINITY }, '/value', 'a number between'],
    ['a number as text', { fact: 'booking_count', is: '>', value: '3' }, '/value', 'the text “3”'],
    ['an unknown unit', { fact: 'first_booking', is: 'within_last', value: { hours: 1 } }, '/value', '{"days": n}'],
    [
      'a unit that is misspelt',
      { fact: 'booking_count', within: { last: { day: 1 } }, is: '>', value: 0 },
      '/within/last',
      'Did you mean “days”?',
    ],
    ['a truth for a name', { fact: 'membership', is: true }, '/is', 'This is the boolean true. Allowed: valid'],
    [
      'two units',
      { fact: 'first_booking', is: 'within_last', value: { days: 1, weeks: 1 } },
      '/value',
      'one of {"days": n}',
    ],
    [
      'a day that does not exist',
      { fact: 'first_booking', is: 'on', value: '2025-02-29' },
      '/value',
      'a calendar day that exists',
    ],
    ['a range backwards', { fact: 'booking_count', is: 'between', value: [3, 1] }, '/value', 'the smaller one first'],
    [
      'a window both ways',
      { fact: 'booking_count', within: { last: { days: 1 }, next: { days: 1 } }, is: '>', value: 0 },
      '/within',
      '{"last": …} or {"next": …}',
    ],
    ['a language that is none', { fact: 'language', is: 'one_of', value: ['ü😀'] }, '/value/0', 'such as en or de-AT'],
    [
      'a country in small letters',
      { fact: 'country', is: 'one_of', value: ['DE', 'it'] },
      '/value/1',
      'two capital letters',
    ],
    ['a name with a slash', { fact: 'membership', is: 'valid', 'a/b~c': 1 }, '/a~1b~0c', 'There is no parameter'],
  ]
  test.each(bad)('%s', (_, rule, path, message) => {
    const [mistake] = mistakesOf(rule)
    expect(mistake?.path).toBe(path)
    expect(mistake?.message).toContain(message)
  })

  test('every mistake is told, not only the first', () => {
    const rule = { all: [{ fact: 'x', is: 'set' }, { fact: 'gender', is: 'y' }, { not: 3 }] }
    expect(mistakesOf(rule).map(({ path }) => path)).toEqual(['/all/0/fact', '/all/1/is', '/all/2/not'])
  })

  test('a long text is not said back as a whole', () => {
    const [mistake] = mistakesOf({ fact: 'x'.repeat(100_000), is: 'set' })
    expect(mistake?.message.length).toBeLessThan(500)
  })
})

describe('a rule that is too much', () => {
  const deep = (depth: number): unknown =>
    depth === 1 ? { fact: 'membership', is: 'valid' } : { not: deep(depth - 1) }
  const wide = (count: number) => ({ any: Array.from({ length: count }, () => ({ fact: 'membership', is: 'valid' })) })

  test('20 levels are allowed, 21 are not', () => {
    expect(mistakesOf(deep(20))).toEqual([])
    expect(mistakesOf(deep(21))).toEqual([
      { path: '/not'.repeat(20), message: 'This is deeper than 20 levels. At most 20 are allowed.' },
    ])
  })

  test('200 conditions are allowed, 201 are not', () => {
    expect(mistakesOf(wide(200))).toEqual([])
    expect(mistakesOf(wide(201))[0]).toEqual({
      path: '',
      message: 'The rule has more than 200 conditions. At most 200 are allowed.',
    })
  })

  test('a tree of empty groups is refused before it is walked to its end', () => {
    const groups = { all: Array.from({ length: 2_000_000 }, () => ({ all: [] })) }
    expect(mistakesOf(groups)[0]?.message).toContain('more than 500 parts')
  })
})

test('yes and no may be written as YAML and JSON have them', () => {
  const rule = (is: unknown) => ({ all: [{ not: { fact: 'favourite', is } }, { any: [{ fact: 'reachable', is }] }] })
  expect(checkRule(rule(true)).rule).toEqual(rule('true'))
  expect(checkRule(rule(false)).rule).toEqual(rule('false'))
  expect(mistakesOf({ fact: 'membership', is: true })[0]?.path).toBe('/is')
})
