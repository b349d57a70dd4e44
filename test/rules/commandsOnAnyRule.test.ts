/**
 * Random commands on random rules: each is undone to the same tree and leaves a valid one.
 */
import { describe, expect, test } from '@jest/globals'
import { checkRule } from '../../rules/check.ts'
import { applyCommand, type Place, type RuleCommand, ruleAt, tryCommand } from '../../rules/commands.ts'
import { childrenOf, isAll, isAny, isNot, nodesOf, type Rule } from '../../rules/rule.ts'
import { type Random, randomFrom } from '../support/random.ts'
import { randomRule as randomTree } from '../support/world/rules/randomRule.ts'
import { randomRule } from '../ui/randomRule.ts'

/** Some command that has something to do with the rule. */
function randomCommand(rule: Rule, random: Random): RuleCommand {
  const nodes = nodesOf(rule)
  const path = random.pick(nodes).path
  const paths = nodes.filter(() => random.chance(2 / nodes.length)).map((node) => node.path)
  const node = random.pick(nodes)
  const size = childrenOf(node.rule).length
  const group = isAll(node.rule) || isAny(node.rule)
  const place: Place =
    group && random.chance(0.6)
      ? { at: 'in', path: node.path, index: random.int(0, size) }
      : { at: random.pick(['before', 'after', 'beside'] as const), path: node.path }
  const some = randomTree(random, { depth: 3 }) as Rule
  return random.pick<RuleCommand>([
    { kind: 'replace', path, rule: some },
    { kind: 'insert', place, rule: some },
    { kind: 'paste', place, rule: some },
    { kind: 'remove', paths },
    { kind: 'move', paths, place },
    { kind: 'duplicate', paths },
    { kind: 'invert', paths },
    { kind: 'group', paths, as: random.pick(['all', 'any'] as const) },
    { kind: 'ungroup', path },
    { kind: 'turn', path },
  ])
}

/** What a command that only arranges must not lose: all conditions, in any order. */
const conditions = (rule: Rule): string[] =>
  nodesOf(rule)
    .flatMap((node) => ('fact' in node.rule ? JSON.stringify(node.rule) : []))
    .sort()

describe('any command on any rule', () => {
  const KEEPS = new Set(['move', 'invert', 'group', 'ungroup', 'turn'])

  test.each(Array.from({ length: 150 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = randomFrom(seed)
    let rule = random.chance(0.5) ? (randomTree(random, { depth: 6 }) as Rule) : randomRule(random, random.int(1, 60))
    const before = structuredClone(rule)
    const undos: RuleCommand[] = []
    for (let step = 0; step < 25; step++) {
      const command = randomCommand(rule, random)
      const original = structuredClone(rule)
      const applied = tryCommand(rule, command)
      expect(rule).toEqual(original)
      if ('refused' in applied) continue
      // undone, it is the same tree
      expect(applyCommand(applied.rule, applied.undo).rule).toEqual(original)
      // and done, it is a valid one, in which what is selected exists
      expect(checkRule(applied.rule).mistakes).toBeUndefined()
      for (const path of applied.selected) expect(ruleAt(applied.rule, path)).toBeDefined()
      if (KEEPS.has(command.kind)) expect(conditions(applied.rule)).toEqual(conditions(original))
      rule = applied.rule
      undos.unshift(applied.undo)
    }
    for (const undo of undos) rule = applyCommand(rule, undo).rule
    expect(rule).toEqual(before)
  })

  test.each(Array.from({ length: 50 }, (_, seed) => seed))('inverted twice it is what it was, seed %i', (seed) => {
    const random = randomFrom(seed)
    const rule = randomRule(random, random.int(1, 20))
    const { path } = random.pick(nodesOf(rule).filter((node) => !isNot(node.rule)))
    const once = applyCommand(rule, { kind: 'invert', paths: [path] })
    expect(applyCommand(once.rule, { kind: 'invert', paths: once.selected }).rule).toEqual(rule)
  })
})
