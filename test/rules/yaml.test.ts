import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { checkRule } from '../../rules/check.ts'
import type { Condition, Rule } from '../../rules/rule.ts'
import { ruleFromYaml, ruleToYaml, type SegmentFile, segmentsFromYaml, segmentToYaml } from '../../rules/yaml.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from '../support/world/rules/randomRule.ts'

const mistakesOf = (text: string) => {
  const read = ruleFromYaml(text)
  return 'mistakes' in read ? read.mistakes : []
}

const TERMINATING: Rule = {
  all: [{ fact: 'membership', is: 'valid_cancelled' }, { not: { fact: 'membership', is: 'valid_uncancelled' } }],
}

describe('a rule as text', () => {
  test('stands as in the documentation', () => {
    expect(ruleToYaml(TERMINATING)).toBe(
      [
        'all:',
        '  - { fact: membership, is: valid_cancelled }',
        '  - not: { fact: membership, is: valid_uncancelled }',
        '',
      ].join('\n'),
    )
  })

  test('a long condition stands on several lines, in the order in which it is said', () => {
    const long: Condition = {
      is: '>=',
      value: 2,
      fact: 'booking_count',
      states: ['attended', 'no_show'],
      services: ['Vinyasa in the morning', 'Pilates for beginners'],
      within: { last: { months: 3 } },
    }
    expect(ruleToYaml({ any: [long, { all: [] }] })).toBe(
      [
        'any:',
        '  - fact: booking_count',
        '    states: [ attended, no_show ]',
        '    services: [ Vinyasa in the morning, Pilates for beginners ]',
        '    within: { last: { months: 3 } }',
        '    is: ">="',
        '    value: 2',
        '  - all: []',
        '',
      ].join('\n'),
    )
  })

  test('comments and styles are whatever the writer likes', () => {
    const text =
      '# who goes\n{"all": [\n  {fact: membership, is: valid_cancelled}, # one\n  not: {fact: "membership", is: \'valid_uncancelled\'}\n]}'
    expect(ruleFromYaml(text)).toEqual({ rule: TERMINATING, placeOf: expect.any(Function) })
  })

  test('yes and no need no quotes, and get them for other readers', () => {
    const rule = { fact: 'favourite', is: 'true' }
    expect(ruleFromYaml('{ fact: favourite, is: true }')).toEqual({ rule, placeOf: expect.any(Function) })
    expect(ruleToYaml(rule)).toBe('{ fact: favourite, is: "true" }\n')
    expect(mistakesOf('{ fact: membership, is: true }')[0]?.message).toContain('This is the boolean true')
  })

  test('words that older YAML took for truths and dates stay texts', () => {
    const rule = { fact: 'customer_group', is: 'one_of', value: ['no', 'On', 'y', '2026-01-01', '1:30', '0x1F', '~'] }
    const text = ruleToYaml(rule)
    expect(ruleFromYaml(text)).toEqual({ rule, placeOf: expect.any(Function) })
    for (const word of rule.value) expect(text).toContain(`"${word}"`)
    expect(ruleFromYaml('{ fact: country, is: one_of, value: [NO, DE] }')).toEqual({
      rule: { fact: 'country', is: 'one_of', value: ['NO', 'DE'] },
      placeOf: expect.any(Function),
    })
  })
})

describe('rule → text → rule is the same', () => {
  test.each(Array.from({ length: 300 }, (_, seed) => seed))('random rule %i', (seed) => {
    const { rule } = checkRule(randomRule(randomFrom(seed), { depth: 6, segments: ['new-leads'] }))
    expect(rule).toBeDefined()
    if (rule !== undefined) expect(ruleFromYaml(ruleToYaml(rule))).toEqual({ rule, placeOf: expect.any(Function) })
  })

  test('whatever a text is made of', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
      // lone halves of pairs, too
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 8 })
        .map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        'yes',
        'null',
        '1',
        '1e3',
        '.inf',
        '-',
        '---',
        '...',
        '?',
        ': ',
        ' #',
        '\n',
        '\r\n',
        ' a ',
        '\t',
        'a\nb\n\n',
        '<<',
        '=',
        '%',
        '@',
        '`',
        '“',
        '\u0085',
        '\u2028',
        '\ufeff',
        '{',
        '] ',
        '*a',
        '&a',
        '!a',
        '|',
        '>-',
      ),
    )
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.boolean(), (value, inverted) => {
        const condition: Rule = { fact: 'customer_group', is: 'one_of', value }
        const rule: Rule = inverted ? { any: [{ not: condition }] } : condition
        expect(ruleFromYaml(ruleToYaml(rule))).toEqual({ rule, placeOf: expect.any(Function) })
      }),
      { numRuns: 500, seed: 1 },
    )
  })
})

describe('a wrong rule is told with the line and column of what is wrong', () => {
  const wrong: [string, string, { path: string; line: number; column: number }, string][] = [
    [
      'an operator that does not exist',
      'all:\n  - { fact: membership, is: vaild }',
      { path: '/all/0/is', line: 2, column: 29 },
      'Did you mean “valid”?',
    ],
    [
      'an operator that is missing: its condition',
      'all:\n  - { fact: membership }',
      { path: '/all/0/is', line: 2, column: 5 },
      'is missing',
    ],
    [
      'a parameter: its name',
      'fact: first_booking\nstate: [attended]\nis: set',
      { path: '/state', line: 2, column: 1 },
      'Did you mean “states”?',
    ],
    [
      'one of a list',
      'fact: first_booking\nis: set\nstates:\n  - attended\n  - atended',
      { path: '/states/1', line: 5, column: 5 },
      'Did you mean “attended”?',
    ],
    [
      'a day that does not exist',
      '{ fact: first_booking, is: on, value: 2025-02-29 }',
      { path: '/value', line: 1, column: 39 },
      'a calendar day that exists',
    ],
    [
      'a unit',
      '{ fact: first_booking, is: within_last, value: { day: 3 } }',
      { path: '/value', line: 1, column: 48 },
      'Did you mean “days”?',
    ],
    ['nothing', '', { path: '', line: 1, column: 1 }, 'This is null'],
    ['a group without parts', 'any:\n', { path: '/any', line: 1, column: 5 }, 'Allowed is a list of rules'],
    ['a name twice', 'all: []\nall: []', { path: '/all', line: 2, column: 1 }, 'stands here twice'],
    ['something beside a group', 'all: []\nname: x', { path: '/name', line: 2, column: 1 }, 'not allowed beside'],
    ['a second document', 'all: []\n---\nany: []', { path: '', line: 3, column: 1 }, 'A second rule begins here'],
    ['no YAML', 'all:\n\t- x', { path: '', line: 2, column: 1 }, 'Tabs are not allowed'],
    ['a bracket that stays open', 'all: [', { path: '', line: 1, column: 7 }, 'cannot be read as YAML'],
  ]
  test.each(wrong)('%s', (_, text, place, message) => {
    const [mistake] = mistakesOf(text)
    expect(mistake).toMatchObject(place)
    expect(mistake?.message).toContain(message)
  })
})

describe('a hostile text', () => {
  const refused: [string, string, string][] = [
    ['an anchor', 'all: &a []', 'An anchor (&name) is not allowed'],
    ['an alias', 'all: [*a]', 'An alias (*name) is not allowed'],
    ['a tag', 'all: !!set {}', 'A tag (!name) is not allowed'],
    ['a directive', '%YAML 1.1\n---\nall: []', 'A directive (%NAME) is not allowed'],
    ['a merge key', '{ <<: { fact: membership }, is: valid }', 'Allowed is one of'],
    ['a name that every object has', '{ fact: membership, __proto__: { is: valid } }', '“__proto__” is not allowed'],
    ['a name that is a list', '? [a]\n: b', 'cannot be read as YAML'],
    ['ten million characters', 'a'.repeat(10_000_000), 'At most 1000000 are allowed'],
    ['brackets without end', '['.repeat(400_000), 'nested deeper than 100 levels'],
    ['dashes without end', '- '.repeat(400_000), 'nested deeper than 100 levels'],
    ['questions without end', '? '.repeat(400_000), 'nested deeper than 100 levels'],
    ['steps without end', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'nested'],
    ['a hundred thousand documents', '---\n'.repeat(100_000), 'more than 200000 parts'],
    ['a hundred thousand names', `{${Array.from({ length: 60_000 }, (_, at) => `a${at}: 1`).join(',')}}`, 'more than'],
    [
      'billion laughs',
      `a: &a [x, x]\n${['b', 'c', 'd'].map((name, at) => `${name}: &${name} [${`*${'abc'[at]}, `.repeat(9)}]`).join('\n')}`,
      'An anchor',
    ],
  ]
  test.each(refused)('%s is refused', (_, text, message) => {
    const mistakes = mistakesOf(text)
    expect(mistakes.map((mistake) => mistake.message).join('\n')).toContain(message)
    expect(mistakes.length).toBeLessThanOrEqual(50)
    expect(JSON.stringify(mistakes).length).toBeLessThan(50_000)
  })

  test('twenty-five thousand names in one map are read once each', () => {
    const names = Array.from({ length: 25_000 }, (_, at) => `a${at}: 1`).join('\n')
    expect(mistakesOf(names)[0]?.message).toContain('Allowed is one of')
  })
})

describe('a segment as a file', () => {
  const segment: SegmentFile = {
    id: 'going',
    name: 'Going: soon?',
    note: 'Cancelled,\nnot gone yet.',
    scope: 'business',
    recalculation: { mode: 'nightly', at: '03:30' },
    rule: TERMINATING,
  }

  test('says all that makes it, and comes back the same', () => {
    const text = segmentToYaml(segment)
    expect(text).toBe(
      [
        'id: going',
        'name: "Going: soon?"',
        'note: |-',
        '  Cancelled,',
        '  not gone yet.',
        'scope: business',
        'recalculation: { mode: nightly, at: "03:30" }',
        'rule:',
        '  all:',
        '    - { fact: membership, is: valid_cancelled }',
        '    - not: { fact: membership, is: valid_uncancelled }',
        '',
      ].join('\n'),
    )
    const read = segmentsFromYaml(text)
    expect('segments' in read && read.segments.map((one) => one.segment)).toEqual([segment])
    expect('segments' in read && read.segments[0]?.placeOf('/rule/all/1')).toEqual({ line: 11, column: 7 })
  })

  test('what is left out is as for a new segment; several stand in one text', () => {
    const read = segmentsFromYaml('id: a\nname: A\nrule: { all: [] }\n---\nid: b\nname: B\nrule: { any: [] }')
    expect('segments' in read && read.segments.map((one) => one.segment)).toEqual([
      { id: 'a', name: 'A', note: '', scope: 'business', recalculation: { mode: 'live' }, rule: { all: [] } },
      { id: 'b', name: 'B', note: '', scope: 'business', recalculation: { mode: 'live' }, rule: { any: [] } },
    ])
  })

  test('every mistake is told at its place', () => {
    const text = 'id: Nope\nnam: A\nscope: world\nrule:\n  all:\n    - { fact: membrship, is: valid }'
    const read = segmentsFromYaml(text)
    const told = ('mistakes' in read ? read.mistakes : []).map(
      ({ line, column, message }) => `${line}:${column} ${message}`,
    )
    expect(told).toEqual([
      '1:1 “name” is missing. Allowed is a text of 1 to 200 characters.',
      '1:5 This is the text “Nope”. Allowed is a text of 1 to 64 of a-z 0-9 -.',
      '2:1 There is no member “nam”. Allowed: id, name, note, scope, recalculation, rule. Did you mean “name”?',
      '3:8 This is the text “world”. Allowed is one of business, provider.',
      expect.stringMatching(/^6:15 There is no fact “membrship”\..* Did you mean “membership”\?$/),
    ])
  })
})
