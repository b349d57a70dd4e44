import { describe, expect, test } from '@jest/globals'
import { ruleAt } from '../../rules/commands.ts'
import { type Condition, isAll, isNot, nodesOf, type Path, type Rule } from '../../rules/rule.ts'
import { type Warning, type WarningKind, warningsOf } from '../../rules/warnings.ts'
import { type NaiveRule, naiveHolds } from '../support/naive.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { randomRule } from '../support/world/randomRules.ts'
import { History, PROVIDERS } from '../support/world/world.ts'
import { profileHolds, randomProfile, randomProfileCondition } from './profiles.ts'

/** Any condition, and five on one fact, mostly without parameters: those have to do with each other. */
function onOneSubject(random: Random, draw: () => Condition): Condition[] {
  const drawn = Array.from({ length: 40 }, draw)
  const { fact } = random.pick(drawn)
  const kept = random.chance(0.7) ? ['fact', 'by', 'name', 'is', 'value'] : undefined
  const same = drawn.filter((condition) => condition.fact === fact).slice(0, 5)
  return [draw(), ...same].map(
    (condition) =>
      Object.fromEntries(Object.entries(condition).filter(([name]) => kept?.includes(name) ?? true)) as Condition,
  )
}

/** A tree over a few conditions that come back again and again: they exclude and repeat each other all the time. */
function tree(random: Random, conditions: readonly Rule[], depth: number): Rule {
  if (depth <= 1 || random.chance(0.3)) return random.pick(conditions)
  if (random.chance(0.25)) return { not: tree(random, conditions, depth - 1) }
  const parts = Array.from({ length: random.int(0, 3) }, () => tree(random, conditions, depth - 1))
  return random.chance(0.5) ? { all: parts } : { any: parts }
}

/** What everybody who arrives at a node has passed: the earlier parts of each `all` around it. */
function passedBefore(rule: Rule, path: Path): Rule[] {
  return nodesOf(rule).flatMap((node) => {
    if (!isAll(node.rule) || !path.startsWith(`${node.path}/all/`)) return []
    const index = Number.parseInt(path.slice(`${node.path}/all/`.length), 10)
    return node.rule.all.slice(0, index)
  })
}

/** Expects of each warning that it is true of these customers. */
function expectTrue<Customer>(
  rule: Rule,
  warnings: readonly Warning[],
  customers: readonly Customer[],
  holds: (rule: Rule, customer: Customer) => boolean,
): void {
  for (const { path, kind, because } of warnings) {
    const node = ruleAt(rule, path)
    if (node === undefined) throw new Error(`${JSON.stringify(rule)} has nothing at ${path}`)
    const before = passedBefore(rule, path)
    const wrong = customers.find((customer) => {
      const passes = holds(node, customer)
      if (kind === 'always_true') return !passes
      if (kind === 'nobody_passes') {
        return passes && (path === '' || before.every((earlier) => holds(earlier, customer)))
      }
      if (kind === 'same_twice') return passes !== holds(ruleAt(rule, because ?? '') ?? { all: [] }, customer)
      return passes !== letsPass(node)
    })
    if (wrong !== undefined) {
      throw new Error(`${kind} at “${path}” is wrong of ${JSON.stringify(wrong)}: ${JSON.stringify(rule)}`)
    }
  }
}

/** Whether an empty group lets everybody pass; else nobody. */
const letsPass = (group: Rule): boolean => (isNot(group) ? !letsPass(group.not) : isAll(group))

describe('a warning is never wrong', () => {
  const seen = new Map<WarningKind, number>()
  const note = (warnings: readonly Warning[]) => {
    for (const { kind } of warnings) seen.set(kind, (seen.get(kind) ?? 0) + 1)
  }

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('of bookings and memberships, seed %i', (seed) => {
    const random = randomFrom(seed)
    const timeZone = random.pick(['Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu'])
    const customers = Array.from({ length: 12 }, (_, at) => {
      const now = new Date(Date.UTC(2026, random.int(0, 11), random.int(1, 28), random.int(0, 23), random.int(0, 59)))
      const history = new History(seed * 100 + at, 1)
      for (let step = 0; step < 12; step += 1) history.step(now, timeZone)
      return history.customers.map((customer) => ({
        facts: history.factsOf({ ...customer, known: true }, new Set()),
        provider: random.pick([null, ...PROVIDERS]),
        now,
      }))
    }).flat()
    for (let round = 0; round < 25; round += 1) {
      const conditions = onOneSubject(random, () => randomRule(random, 1) as Condition)
      const rule = tree(random, conditions, 5)
      const warnings = warningsOf(rule)
      note(warnings)
      expectTrue(rule, warnings, customers, (asked, { facts, provider, now }) =>
        naiveHolds(asked as NaiveRule, facts, provider, now, timeZone),
      )
    }
  })

  test.each(Array.from({ length: 20 }, (_, seed) => seed))('of numbers, words, tags and places, seed %i', (seed) => {
    const random = randomFrom(seed)
    const customers = Array.from({ length: 150 }, () => randomProfile(random))
    for (let round = 0; round < 60; round += 1) {
      const conditions = onOneSubject(random, () => randomProfileCondition(random))
      const rule = tree(random, conditions, 5)
      const warnings = warningsOf(rule)
      note(warnings)
      expectTrue(rule, warnings, customers, profileHolds)
    }
  })

  test('and there were many of each kind', () => {
    for (const kind of ['nobody_passes', 'always_true', 'same_twice', 'empty_group'] as const) {
      expect([kind, (seen.get(kind) ?? 0) > 100]).toEqual([kind, true])
    }
  })
})
