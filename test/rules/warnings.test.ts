import { describe, expect, test } from '@jest/globals'
import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import type { Condition, Rule } from '../../rules/rule.ts'
import { type Warning, warningsOf } from '../../rules/warnings.ts'
import { de } from '../../rules/words/de.ts'
import { en } from '../../rules/words/en.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import { warningInWords } from '../../rules/words/warningWords.ts'
import { everyCondition } from './everyCondition.ts'

const count = (is: string, value: unknown): Condition => ({ fact: 'booking_count', is, value })
const last = (is: string, value?: unknown): Condition => ({
  fact: 'last_booking',
  is,
  ...(value === undefined ? {} : { value }),
})
const first = (is: string, value?: unknown): Condition => ({ ...last(is, value), fact: 'first_booking' })
const member = (is: string): Condition => ({ fact: 'membership', is })
const group = (is: string, ...value: string[]): Condition => ({ fact: 'customer_group', is, value })
const attribute = (is: string, value?: unknown): Condition => ({ fact: 'attribute', name: 'level', is, value })
const not = (rule: Rule): Rule => ({ not: rule })

/** The warnings without the one about the whole, which follows. */
const inside = (rule: Rule): Warning[] => warningsOf(rule).filter(({ path }) => path !== '')

describe('two conditions that exclude each other: the second one is told, with the first', () => {
  const pairs: [string, Rule, Rule][] = [
    ['a condition and its opposite', member('valid'), not(member('valid'))],
    ['numbers', count('>', 3), count('<', 3)],
    ['numbers that touch', count('>=', 3), count('<', 3)],
    ['whole numbers with nothing between them', count('>', 3), count('<', 4)],
    ['a range', count('between', [2, 4]), count('=', 5)],
    ['a number that is the only one', count('<=', 0), count('!=', 0)],
    ['money', { fact: 'payment_total', is: '>', value: 5000 }, { fact: 'payment_total', is: '<=', value: 5000 }],
    ['a number and its opposite', count('>', 3), not(count('>', 2))],
    ['windows that look back', last('within_last', { days: 14 }), last('more_than_ago', { weeks: 2 })],
    ['windows of months', last('within_last', { months: 1 }), last('more_than_ago', { months: 1 })],
    ['months and days', last('within_last', { months: 1 }), last('more_than_ago', { days: 31 })],
    ['past and future', first('within_last', { days: 60 }), first('within_next', { days: 60 })],
    ['far and near', first('more_than_ahead', { days: 7 }), first('within_next', { days: 7 })],
    ['none and one', first('not_set'), first('more_than_ago', { days: 1 })],
    ['none and a day', first('before', '2026-01-01'), first('not_set')],
    ['days', first('before', '2026-01-02'), first('after', '2026-01-01')],
    ['words', group('one_of', 'Yoga'), group('one_of', 'Pilates', 'Boxing')],
    ['words with and without', group('one_of', 'Yoga', 'Boxing'), group('none_of', 'Boxing', 'Yoga', 'Dance')],
    ['a word and none', { fact: 'country', is: 'one_of', value: ['DE'] }, { fact: 'country', is: 'not_set' }],
    ['never and valid', member('never'), member('valid')],
    ['never and cancelled', member('never'), member('valid_cancelled')],
    ['expired and valid', member('expired'), member('valid_uncancelled')],
    ['yes and no', { fact: 'favourite', is: 'true' }, { fact: 'favourite', is: 'false' }],
    ['tags', { fact: 'tag', is: 'all_of', value: ['a', 'b'] }, { fact: 'tag', is: 'none_of', value: ['b'] }],
    ['any tag', { fact: 'tag', is: 'any_of', value: ['a', 'b'] }, { fact: 'tag', is: 'none_of', value: ['b', 'a'] }],
    ['in and not in', { fact: 'segment', is: 'in', value: 'x' }, { fact: 'segment', is: 'not_in', value: 'x' }],
    ['opened and not', { fact: 'delivery', is: 'opened' }, { fact: 'delivery', is: 'not_opened' }],
    ['places', { fact: 'rank', is: 'top', value: 10 }, { fact: 'rank', is: 'not_top', value: 100 }],
    ['a review', { fact: 'latest_review', is: '>=', value: 4 }, { fact: 'latest_review', is: 'not_set' }],
    ['an attribute and none', attribute('=', 3), attribute('not_set')],
    ['a text and none', attribute('contains', 'x'), attribute('not_set')],
    ['attributes', attribute('<', 3), attribute('>=', 3)],
    ['truths', attribute('true'), attribute('false')],
    ['birthdays', { fact: 'birthday', is: 'month', value: [1] }, { fact: 'birthday', is: 'month', value: [2, 3] }],
    [
      'birthdays soon',
      { fact: 'birthday', is: 'within_next', value: { days: 7 } },
      not({ fact: 'birthday', is: 'within_next', value: { days: 30 } }),
    ],
    [
      'the same asked in another order',
      { fact: 'booking_count', states: ['attended', 'booked'], is: '>', value: 1 },
      { is: '<', value: 1, states: ['booked', 'attended'], fact: 'booking_count' },
    ],
  ]
  test.each(pairs)('%s', (_, one, other) => {
    const told = { path: '/all/1', kind: 'nobody_passes', because: '/all/0' }
    expect(warningsOf({ all: [one, other] })).toEqual([{ path: '', kind: 'nobody_passes' }, told])
    expect(warningsOf({ all: [other, one] })).toEqual([{ path: '', kind: 'nobody_passes' }, told])
    // somebody is one or the other
    expect(warningsOf({ any: [one, other] }).filter(({ kind }) => kind === 'nobody_passes')).toEqual([])
  })
})

describe('conditions that go together are not warned of', () => {
  const fine: [string, Rule, Rule][] = [
    ['numbers with one between them', count('>', 3), count('<', 5)],
    ['fractions', attribute('>', 3), attribute('<', 4)],
    ['the same number twice', count('>=', 3), count('<=', 3)],
    ['different windows', { ...count('>', 3), within: { last: { days: 30 } } }, count('<', 3)],
    ['different services', { ...last('not_set'), services: ['yoga'] }, last('set')],
    ['28 days and a month', last('within_last', { months: 1 }), last('more_than_ago', { days: 28 })],
    ['days that meet', first('before', '2026-01-02'), first('on', '2026-01-01')],
    ['a date by the calendar and from today', first('before', '2026-01-02'), first('within_next', { days: 3 })],
    ['words that a database takes for the same', group('one_of', 'Café'), group('one_of', 'CAFE')],
    ['words in letters that are unknown here', group('one_of', 'Йога'), group('one_of', 'Иога')],
    ['a word none of which', group('none_of', 'Yoga'), group('none_of', 'Boxing')],
    ['cancelled and not, with two memberships', member('valid_cancelled'), member('valid_uncancelled')],
    ['memberships of other types', member('never'), { ...member('valid'), types: ['flex'] }],
    ['tags', { fact: 'tag', is: 'any_of', value: ['a', 'b'] }, { fact: 'tag', is: 'none_of', value: ['a'] }],
    ['attributes of other types', attribute('=', 3), attribute('none_of', ['x'])],
    ['other attributes', attribute('=', 3), { ...attribute('not_set'), name: 'size' }],
    ['no attribute and none of some', attribute('not_set'), attribute('none_of', ['x'])],
    ['not attended, though booked', { ...last('not_set'), states: ['attended'] }, last('set')],
    [
      'no review, and not a bad one',
      { fact: 'latest_review', is: 'not_set' },
      not({ fact: 'latest_review', is: '<', value: 4 }),
    ],
  ]
  test.each(fine)('%s', (_, one, other) => {
    expect(warningsOf({ all: [one, other] })).toEqual([])
    expect(warningsOf({ all: [other, one] })).toEqual([])
  })

  test('the segments that ship', () => {
    for (const { rule } of standardSegments()) expect(warningsOf(rule)).toEqual([])
  })

  test('what is not finished says nothing', () => {
    const unfinished: Rule[] = [
      { fact: 'booking_count', is: '>=' },
      { fact: 'customer_group', is: 'one_of', value: [] },
      { fact: 'tag', is: 'any_of' },
      { fact: 'first_booking', is: 'on', value: '' },
      { fact: 'first_booking', is: 'within_last', value: {} },
      { fact: 'nothing', is: 'known' },
      { fact: 'birthday', is: 'month', value: [] },
      { fact: 'booking_count', is: 'between', value: [3, 1] },
    ]
    expect(warningsOf({ all: unfinished })).toEqual([])
  })
})

describe('alone', () => {
  test.each<[string, Rule]>([
    ['a last booking that is ahead', last('within_next', { days: 7 })],
    ['a next booking that has been', { fact: 'next_booking', is: 'more_than_ago', value: { days: 7 } }],
    ['fewer than no bookings', count('<', 0)],
    ['half a booking', count('=', 0.5)],
    ['six stars', { fact: 'latest_review', is: '>', value: 5 }],
    ['no status', { fact: 'status', is: 'not_set' }],
    ['no status that there is', { fact: 'status', is: 'none_of', value: ['lead', 'customer', 'vip'] }],
  ])('nobody passes: %s', (_, rule) => {
    expect(warningsOf(rule)).toEqual([{ path: '', kind: 'nobody_passes' }])
    expect(inside({ all: [member('valid'), rule] })).toEqual([{ path: '/all/1', kind: 'nobody_passes' }])
    expect(warningsOf(not(rule))).toEqual([{ path: '', kind: 'always_true' }])
  })

  test.each<[string, Rule]>([
    ['no bookings or more', count('>=', 0)],
    ['any status', { fact: 'status', is: 'one_of', value: ['vip', 'lead', 'customer'] }],
    ['one or its opposite', { any: [member('valid'), not(member('valid'))] }],
    ['valid, expired or never', { any: [member('valid'), member('expired'), member('never')] }],
    ['few or many', { any: [count('<=', 3), count('>=', 4)] }],
    ['not both of what excludes', not({ all: [count('<', 3), count('>', 3)] })],
    [
      'opened or not',
      {
        any: [
          { fact: 'delivery', is: 'opened' },
          { fact: 'delivery', is: 'not_opened' },
        ],
      },
    ],
    ['any day or none', { any: [first('set'), first('not_set')] }],
    [
      'ago, lately or not yet',
      { any: [last('within_last', { days: 3 }), last('more_than_ago', { days: 3 }), last('not_set')] },
    ],
  ])('always true: %s', (_, rule) => {
    expect(warningsOf(rule)).toContainEqual({ path: '', kind: 'always_true' })
    expect(warningsOf({ all: [last('set'), rule] })).toContainEqual({ path: '/all/1', kind: 'always_true' })
  })

  test.each<[string, Rule]>([
    ['any age, or none is known', { fact: 'age', is: '>=', value: -1000 }],
    ['a gender', { fact: 'gender', is: 'one_of', value: ['female', 'male', 'diverse'] }],
    ['before or after', { any: [first('before', '2026-01-01'), first('after', '2025-12-31')] }],
  ])('not always true, as there may be no value: %s', (_, rule) => expect(warningsOf(rule)).toEqual([]))
})

describe('deeper', () => {
  test('what everybody who arrives has passed counts inside of groups', () => {
    const rule: Rule = { all: [member('never'), { any: [count('>', 3), member('valid')] }] }
    expect(warningsOf(rule)).toEqual([{ path: '/all/1/any/1', kind: 'nobody_passes', because: '/all/0' }])
  })

  test('when each way is closed, the whole is', () => {
    const rule: Rule = { all: [member('never'), { any: [member('expired'), member('valid')] }] }
    expect(warningsOf(rule)).toEqual([
      { path: '', kind: 'nobody_passes' },
      { path: '/all/1/any/0', kind: 'nobody_passes', because: '/all/0' },
      { path: '/all/1/any/1', kind: 'nobody_passes', because: '/all/0' },
    ])
  })

  test('an inverted group excludes what it contains', () => {
    const rule: Rule = { all: [not({ any: [member('valid'), count('>', 3)] }), count('>', 5)] }
    expect(inside(rule)).toEqual([{ path: '/all/1', kind: 'nobody_passes', because: '/all/0' }])
  })

  test('several together exclude: nobody passes, because of no single one', () => {
    const rule: Rule = { all: [count('>=', 2), count('<=', 4), count('!=', 3), count('!=', 2), count('!=', 4)] }
    expect(inside(rule)).toEqual([{ path: '/all/4', kind: 'nobody_passes' }])
  })

  test('after a line that nobody is on, nothing more is said', () => {
    const rule: Rule = { all: [member('never'), member('valid'), member('expired'), count('>=', 3)] }
    expect(inside(rule)).toEqual([{ path: '/all/1', kind: 'nobody_passes', because: '/all/0' }])
  })

  test('the same twice, in whatever order it was clicked together', () => {
    const one: Rule = { any: [{ ...last('set'), states: ['attended', 'booked'] }, member('valid')] }
    const other: Rule = { any: [{ is: 'set', states: ['booked', 'attended'], fact: 'last_booking' }, member('valid')] }
    expect(warningsOf({ all: [one, count('>', 3), other, not(one)] })).toEqual([
      { path: '', kind: 'nobody_passes' },
      { path: '/all/2', kind: 'same_twice', because: '/all/0' },
      { path: '/all/3', kind: 'nobody_passes', because: '/all/0' },
    ])
    expect(warningsOf({ any: [member('valid'), not(not(member('valid')))] })).toEqual([
      { path: '/any/1', kind: 'same_twice', because: '/any/0' },
    ])
    expect(
      warningsOf({ all: [member('valid'), { any: [count('>', 3), { all: [member('valid'), last('set')] }] }] }),
    ).toEqual([])
  })

  test('groups with nothing in them', () => {
    expect(warningsOf({ all: [] })).toEqual([{ path: '', kind: 'empty_group' }])
    expect(warningsOf({ all: [member('valid'), { all: [] }] })).toEqual([{ path: '/all/1', kind: 'empty_group' }])
    expect(warningsOf({ all: [member('valid'), not({ any: [] })] })).toEqual([{ path: '/all/1', kind: 'empty_group' }])
    expect(warningsOf({ all: [member('valid'), { any: [] }] })).toEqual([
      { path: '', kind: 'nobody_passes' },
      { path: '/all/1', kind: 'empty_group' },
    ])
  })
})

describe('each condition of the language', () => {
  test.each(everyCondition.map((condition) => [JSON.stringify(condition), condition] as const))(
    '%s',
    (_, condition) => {
      expect(warningsOf({ all: [condition, not(condition)] })[0]).toEqual({ path: '', kind: 'nobody_passes' })
      expect(warningsOf({ any: [condition, not(condition)] })[0]).toEqual({ path: '', kind: 'always_true' })
    },
  )
})

test('a rule as large as it may be is looked at while it is drawn', () => {
  const conditions = Array.from({ length: 100 }, (_, at) => ({ ...count('>', at % 7), services: [`s${at}`] }))
  const choices = Array.from({ length: 50 }, (_, at) => ({
    any: [count('!=', at), { fact: 'tag', is: 'any_of', value: [`a${at}`, `b${at}`] }],
  }))
  expect(warningsOf({ all: [...conditions, ...choices] })).toEqual([])
})

describe('in words', () => {
  const rule: Rule = { all: [member('never'), member('valid'), { any: [] }, count('>=', 0), not({ any: [] })] }
  const words = (locale: 'en' | 'de' | 'fr' | 'it') => ({
    messages: { en, de, fr, it }[locale],
    locale,
    currency: 'EUR',
  })
  const warnings: Warning[] = [
    { path: '', kind: 'nobody_passes' },
    { path: '/all/1', kind: 'nobody_passes' },
    { path: '/all/1', kind: 'nobody_passes', because: '/all/0' },
    { path: '', kind: 'always_true' },
    { path: '/all/3', kind: 'always_true' },
    { path: '/all/1', kind: 'same_twice', because: '/all/0' },
    { path: '/all/2', kind: 'empty_group' },
    { path: '/all/4', kind: 'empty_group' },
  ]

  test('English', () => {
    expect(warnings.map((warning) => warningInWords(warning, rule, words('en')))).toEqual([
      'Nobody can ever be in this segment.',
      'Nobody can pass here.',
      'Nobody can pass here: this excludes what “have never had a membership” requires.',
      'This lets everybody in.',
      'This is always true and turns nobody aside.',
      'This stands here twice: “have a valid membership”.',
      'This group is empty: nobody passes.',
      'This group is empty: everybody passes.',
    ])
  })

  test.each(['de', 'fr', 'it'] as const)('%s has a sentence of its own for each', (locale) => {
    const said = warnings.map((warning) => warningInWords(warning, rule, words(locale)))
    const english = warnings.map((warning) => warningInWords(warning, rule, words('en')))
    expect(new Set(said).size).toBe(warnings.length)
    for (const [at, sentence] of said.entries()) {
      expect(sentence).toMatch(/^\p{Lu}[^{}[\]*]+\.$/u)
      expect(sentence).not.toBe(english[at])
    }
  })
})
