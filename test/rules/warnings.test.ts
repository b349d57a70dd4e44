import { describe, expect, test } from '@jest/globals'
import type { Rule } from '../../rules/rule.ts'
import { type Warning, warningsOf } from '../../rules/warnings.ts'
import { de } from '../../rules/words/de.ts'
import { en } from '../../rules/words/en.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import { warningInWords } from '../../rules/words/warningWords.ts'
import { count, first, last, member, not } from './conditions.ts'
import { everyCondition } from './everyCondition.ts'

/** The warnings without the one about the whole, which follows. */
const inside = (rule: Rule): Warning[] => warningsOf(rule).filter(({ path }) => path !== '')

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
