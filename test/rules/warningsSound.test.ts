import { describe, expect, test } from '@jest/globals'
import { ruleAt } from '../../rules/commands.ts'
import { isAll, isNot, nodesOf, type Path, type Rule } from '../../rules/rule.ts'
import { type Warning, type WarningKind, warningsOf } from '../../rules/warnings.ts'
import { randomFrom } from '../support/random.ts'
import { relatedConditions, type SomeCustomers, someCustomers, treeOf } from './someCustomers.ts'

/** What everybody who arrives at a node has passed: the earlier parts of each `all` around it. */
function passedBefore(rule: Rule, path: Path): Rule[] {
  return nodesOf(rule).flatMap((node) => {
    if (!isAll(node.rule) || !path.startsWith(`${node.path}/all/`)) return []
    const index = Number.parseInt(path.slice(`${node.path}/all/`.length), 10)
    return node.rule.all.slice(0, index)
  })
}

/** Whether an empty group lets everybody pass; else nobody. */
const letsPass = (group: Rule): boolean => (isNot(group) ? !letsPass(group.not) : isAll(group))

/** The first customer of whom a warning is wrong. */
function contradiction(rule: Rule, { path, kind, because }: Warning, { customers, holds }: SomeCustomers) {
  const node = ruleAt(rule, path)
  const other = ruleAt(rule, because ?? path)
  if (node === undefined || other === undefined) throw new Error(`${JSON.stringify(rule)} has nothing at ${path}`)
  const before = passedBefore(rule, path)
  return customers.find((customer) => {
    const passes = holds(node, customer)
    switch (kind) {
      case 'always_true':
        return !passes
      case 'nobody_passes':
        return passes && before.every((earlier) => holds(earlier, customer))
      case 'same_twice':
        return passes !== holds(other, customer)
      default:
        return passes !== letsPass(node)
    }
  })
}

describe('a warning is never wrong of anybody', () => {
  const seen = new Map<WarningKind, number>()

  test.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = randomFrom(seed)
    const some = someCustomers(seed, 36)
    for (let round = 0; round < 40; round += 1) {
      const rule = treeOf(random, relatedConditions(random, 6), 5)
      for (const warning of warningsOf(rule)) {
        seen.set(warning.kind, (seen.get(warning.kind) ?? 0) + 1)
        const wrong = contradiction(rule, warning, some)
        if (wrong !== undefined) throw new Error(`${JSON.stringify({ warning, wrong })} in ${JSON.stringify(rule)}`)
      }
    }
  })

  test('and there were many of each kind', () => {
    for (const kind of ['nobody_passes', 'always_true', 'same_twice', 'empty_group'] as const) {
      expect([kind, (seen.get(kind) ?? 0) > 100]).toEqual([kind, true])
    }
  })
})
