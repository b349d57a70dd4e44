import { describe, expect, test } from '@jest/globals'
import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import { warningsOf } from '../../rules/warnings.ts'
import { attribute, count, first, group, last, member, not } from './conditions.ts'

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
