import { describe, expect, test } from '@jest/globals'
import { type RuleCommand, tryCommand } from '../../rules/commands.ts'
import { type Change, compareRules } from '../../rules/compare.ts'
import { type Condition, isAll, isAny, isCondition, nodesOf, type Rule } from '../../rules/rule.ts'
import { changesInWords } from '../../rules/words/changeWords.ts'
import { de } from '../../rules/words/de.ts'
import { en } from '../../rules/words/en.ts'
import { fr } from '../../rules/words/fr.ts'
import { it } from '../../rules/words/it.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { randomCondition } from '../support/world/rules/randomCondition.ts'
import { relatedConditions, someCustomers, treeOf } from './someCustomers.ts'

const valid: Rule = { fact: 'membership', is: 'valid' }
const never: Rule = { fact: 'membership', is: 'never' }
const attended: Rule = { fact: 'last_booking', states: ['attended'], is: 'set' }
const first = (days: number): Rule => ({ fact: 'first_booking', is: 'within_last', value: { days } })
const female: Rule = { fact: 'gender', is: 'one_of', value: ['female'] }

const LANGUAGES = { en, de, fr, it }
const said = (before: Rule, after: Rule, locale: keyof typeof LANGUAGES = 'en') =>
  changesInWords(compareRules(before, after), { messages: LANGUAGES[locale], locale, currency: 'EUR' })
const kinds = (changes: readonly Change[]) => changes.map(({ kind }) => kind)

describe('the least change', () => {
  test('a condition that asks with another value', () => {
    expect(compareRules({ all: [valid, first(30)] }, { all: [valid, first(45)] })).toEqual([
      { kind: 'changed', before: { path: '/all/1', rule: first(30) }, after: { path: '/all/1', rule: first(45) } },
    ])
  })

  test('one more, one fewer', () => {
    expect(compareRules({ all: [valid, attended] }, { all: [valid, first(30), attended] })).toEqual([
      { kind: 'added', after: { path: '/all/1', rule: first(30) } },
    ])
    expect(compareRules({ all: [valid, first(30), attended] }, { all: [valid, attended] })).toEqual([
      { kind: 'removed', before: { path: '/all/1', rule: first(30) } },
    ])
  })

  test('a condition alone gets another one beside it: only that one is new', () => {
    expect(compareRules(valid, { all: [valid, attended] })).toEqual([
      { kind: 'added', after: { path: '/all/1', rule: attended } },
    ])
  })

  test('a group is added as a whole', () => {
    const group: Rule = { any: [female, { not: attended }] }
    expect(compareRules({ all: [valid, first(30)] }, { all: [valid, first(30), group] })).toEqual([
      { kind: 'added', after: { path: '/all/2', rule: group } },
    ])
  })

  test('another place in the same group, and in another one', () => {
    expect(compareRules({ all: [valid, first(30), attended] }, { all: [first(30), attended, valid] })).toEqual([
      { kind: 'moved', before: { path: '/all/0', rule: valid }, after: { path: '/all/2', rule: valid } },
    ])
    const before: Rule = { all: [valid, first(30), { any: [female, attended] }] }
    expect(compareRules(before, { all: [first(30), { any: [female, valid, attended] }] })).toEqual([
      { kind: 'moved', before: { path: '/all/0', rule: valid }, after: { path: '/all/1/any/1', rule: valid } },
    ])
  })

  test('two that change places are not taken for two changes', () => {
    expect(kinds(compareRules({ all: [first(30), first(45)] }, { all: [first(45), first(30)] }))).toEqual(['moved'])
  })

  test('all instead of any, deep inside too', () => {
    expect(kinds(compareRules({ all: [valid, attended] }, { any: [valid, attended] }))).toEqual(['turned'])
    const inside = (group: Rule): Rule => ({ all: [first(30), { not: { any: [group, valid] } }] })
    expect(compareRules(inside({ all: [valid, attended] }), inside({ any: [valid, attended] }))).toMatchObject([
      { kind: 'turned', before: { path: '/all/1/not/any/0' }, after: { path: '/all/1/not/any/0' } },
    ])
  })

  test('inverted, and back', () => {
    expect(compareRules({ all: [valid, attended] }, { all: [valid, { not: attended }] })).toEqual([
      {
        kind: 'inverted',
        before: { path: '/all/1', rule: attended },
        after: { path: '/all/1', rule: { not: attended } },
      },
    ])
    expect(kinds(compareRules({ not: { any: [valid, attended] } }, { any: [valid, attended] }))).toEqual(['inverted'])
  })

  test('a border around what was there, and none', () => {
    const flat: Rule = { all: [valid, attended, first(30)] }
    const grouped: Rule = { all: [{ any: [valid, attended] }, first(30)] }
    expect(compareRules(flat, grouped)).toEqual([
      { kind: 'grouped', after: { path: '/all/0', rule: { any: [valid, attended] } } },
    ])
    expect(compareRules(grouped, flat)).toEqual([
      { kind: 'ungrouped', before: { path: '/all/0', rule: { any: [valid, attended] } } },
    ])
  })

  test('another way of writing the same is none', () => {
    for (const [one, other] of [
      [valid, { all: [valid] }],
      [valid, { not: { not: valid } }],
      [{ not: valid }, { any: [{ not: { all: [valid] } }] }],
      [{ all: [valid, attended, first(30)] }, { all: [valid, { all: [attended, first(30)] }] }],
      [{ any: [valid, { any: [attended, female] }] }, { any: [valid, attended, female] }],
      [attended, { is: 'set', states: ['attended'], fact: 'last_booking' }],
    ] as [Rule, Rule][]) {
      expect(compareRules(one, other)).toEqual([])
      expect(compareRules(other, one)).toEqual([])
    }
  })

  test('nothing in common', () => {
    expect(kinds(compareRules(valid, first(30)))).toEqual(['added', 'removed'])
  })
})

/** A tree of distinct conditions, as far as chance allows. */
function randomTree(random: Random, depth: number): Rule {
  if (depth <= 1 || random.chance(0.3)) return randomCondition(random) as Condition
  if (random.chance(0.2)) return { not: randomTree(random, depth - 1) }
  const parts = Array.from({ length: random.int(1, 4) }, () => randomTree(random, depth - 1))
  return random.chance(0.5) ? { all: parts } : { any: parts }
}

describe('of one command on a random rule', () => {
  const NEW: Rule = { fact: 'booking_count', is: '>=', value: 7 }

  test.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i: hardly more than one change is told', (seed) => {
    const random = randomFrom(seed)
    const rule = randomTree(random, 4)
    const nodes = nodesOf(rule)
    const groups = nodes.filter((node) => isAll(node.rule) || isAny(node.rule))
    const node = random.pick(nodes)
    const commands: RuleCommand[] = [{ kind: 'invert', paths: [node.path] }]
    const condition = nodes.find((one) => isCondition(one.rule))
    if (condition !== undefined) commands.push({ kind: 'replace', path: condition.path, rule: NEW })
    if (groups.length > 0) {
      const { path } = random.pick(groups)
      commands.push({ kind: 'insert', place: { at: 'in', path, index: 0 }, rule: NEW }, { kind: 'turn', path })
    }
    for (const command of commands) {
      const applied = tryCommand(rule, command)
      if ('refused' in applied) continue
      const changes = compareRules(rule, applied.rule)
      // a part that is put into a group of one makes it a group; a replaced one is one removed and one added
      expect([command, changes.length <= 3]).toEqual([command, true])
      expect(compareRules(applied.rule, rule).length).toBeLessThanOrEqual(3)
      if (command.kind === 'insert') expect(kinds(changes)).toContain('added')
    }
  })
})

test('when nothing is told, nothing has changed for anybody', () => {
  const { customers, holds } = someCustomers(1, 90)
  let same = 0
  for (let seed = 0; seed < 2000; seed += 1) {
    const random = randomFrom(seed)
    const conditions = relatedConditions(random, 2)
    const [one, other] = [treeOf(random, conditions, 4), treeOf(random, conditions, 4)]
    if (compareRules(one, other).length > 0) continue
    same += 1
    const members = (rule: Rule) => customers.filter((customer) => holds(rule, customer))
    expect([one, other, members(one)]).toEqual([one, other, members(other)])
  }
  expect(same).toBeGreaterThan(50)
})

test('two large rules are compared while somebody waits', () => {
  const wide = (from: number): Rule => ({ all: Array.from({ length: 200 }, (_, at) => first(from + at)) })
  expect(kinds(compareRules(wide(0), wide(1)))).toEqual(['added', 'removed'])
  const deep = (depth: number): Rule =>
    depth === 0 ? attended : { all: [first(depth), { any: [deep(depth - 1), female, valid] }] }
  const changes = compareRules(deep(9), { all: [deep(9), never] })
  expect(kinds(changes)).toEqual(['added'])
})

describe('in words', () => {
  const before: Rule = { all: [first(30), valid, { any: [female, attended] }, { not: never }] }
  const after: Rule = {
    all: [first(45), { not: valid }, { all: [female, attended] }, { fact: 'booking_count', is: '>=', value: 3 }],
  }

  test('English', () => {
    expect(said(before, after)).toEqual([
      '“had their first booking within the last 30 days” becomes “… 45 days”',
      'inverted: “have a valid membership” becomes “have no valid membership”',
      'now all of these are needed, instead of any: “are female”, “attended at least once”',
      'added: “have at least 3 bookings”',
      'removed: “have ever had a membership”',
    ])
    expect(said({ all: [valid, attended, never] }, { all: [attended, never, valid] })).toEqual([
      'moved: “have a valid membership”',
    ])
    expect(said({ all: [valid, attended, never] }, { all: [{ any: [valid, attended] }, never] })).toEqual([
      'now taken together: “either have a valid membership or attended at least once”',
    ])
    expect(said({ all: [{ any: [valid, attended] }, never] }, { all: [valid, attended, never] })).toEqual([
      'no longer taken together: “either have a valid membership or attended at least once”',
    ])
    expect(said({ any: [valid, never] }, { all: [valid, never] })[0]).toMatch(/^now all of these are needed/)
    expect(said({ all: [valid, never] }, { any: [valid, never] })[0]).toMatch(/^now any of these is enough/)
  })

  test('German', () => {
    expect(said(before, after, 'de').slice(0, 2)).toEqual([
      'aus „ihre erste Buchung in den letzten 30 Tagen hatten“ wird „… 45 Tagen hatten“',
      'umgekehrt: aus „eine gültige Mitgliedschaft haben“ wird „keine gültige Mitgliedschaft haben“',
    ])
  })

  test.each(['de', 'fr', 'it'] as const)('%s has words of its own for each', (locale) => {
    const rules: [Rule, Rule][] = [
      [before, after],
      [after, before],
      [{ all: [valid, attended, never] }, { all: [attended, never, valid] }],
      [{ all: [valid, attended, never] }, { all: [{ any: [valid, attended] }, never] }],
      [{ all: [{ any: [valid, attended] }, never] }, { all: [valid, attended, never] }],
    ]
    for (const [one, other] of rules) {
      const english = said(one, other)
      const spoken = said(one, other, locale)
      expect(spoken).toHaveLength(english.length)
      for (const line of spoken) {
        expect(line).toMatch(/^[^{}[\]*]+$/)
        expect(english).not.toContain(line)
      }
    }
  })
})
