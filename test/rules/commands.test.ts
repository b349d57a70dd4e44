import { describe, expect, test } from '@jest/globals'
import { applyCommand, type RuleCommand, ruleAt } from '../../rules/commands.ts'
import { childrenOf, isAll, isAny, nodesOf, type Rule } from '../../rules/rule.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from '../ui/randomRule.ts'

const member = { fact: 'membership', is: 'valid' }
const female = { fact: 'gender', is: 'one_of', value: ['female'] }

test('a value is replaced where it stands, and nothing else', () => {
  const rule: Rule = { all: [female, { not: { any: [member, female] } }] }
  const { rule: next } = applyCommand(rule, { kind: 'replace', path: '/all/1/not/any/0', rule: female })
  expect(next).toEqual({ all: [female, { not: { any: [female, female] } }] })
  expect(rule).toEqual({ all: [female, { not: { any: [member, female] } }] })
  expect(ruleAt(next, '/all/0')).toBe(ruleAt(rule, '/all/0'))
})

test('parts are put in and taken out', () => {
  const { rule } = applyCommand({ any: [member] }, { kind: 'insert', path: '', index: 0, rule: female })
  expect(rule).toEqual({ any: [female, member] })
  expect(applyCommand(rule, { kind: 'remove', path: '', index: 1 }).rule).toEqual({ any: [female] })
})

test('/all/1 is not taken for the beginning of /all/10', () => {
  const rule: Rule = { all: Array.from({ length: 12 }, (_, index) => ({ ...member, value: index })) }
  expect(ruleAt(rule, '/all/10')).toEqual({ ...member, value: 10 })
  const { rule: next } = applyCommand(rule, { kind: 'replace', path: '/all/10', rule: female })
  expect(ruleAt(next, '/all/1')).toEqual({ ...member, value: 1 })
  expect(ruleAt(next, '/all/10')).toEqual(female)
})

test('a place that is not there is refused', () => {
  const rule: Rule = { all: [member] }
  expect(() => applyCommand(rule, { kind: 'replace', path: '/all/1', rule: female })).toThrow(/no node at "\/all\/1"/)
  expect(() => applyCommand(rule, { kind: 'insert', path: '/all/0', index: 0, rule: female })).toThrow(/no group/)
  expect(() => applyCommand(rule, { kind: 'insert', path: '', index: 2, rule: female })).toThrow(/no place 2/)
  expect(() => applyCommand(rule, { kind: 'remove', path: '', index: 1 })).toThrow(/no place 1/)
})

describe('every command followed by its undo gives the same tree', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))('seed %i', (seed) => {
    const random = randomFrom(seed)
    let rule = randomRule(random, 12)
    const before = structuredClone(rule)
    const undos: RuleCommand[] = []
    for (let step = 0; step < 20; step++) {
      const { path, rule: node } = random.pick(nodesOf(rule))
      const size = childrenOf(node).length
      const group = isAll(node) || isAny(node)
      const commands: RuleCommand[] = [{ kind: 'replace', path, rule: randomRule(random, 3) }]
      if (group) commands.push({ kind: 'insert', path, index: Math.floor(random.next() * (size + 1)), rule: female })
      if (group && size > 0) commands.push({ kind: 'remove', path, index: Math.floor(random.next() * size) })
      const applied = applyCommand(rule, random.pick(commands))
      expect(applyCommand(applied.rule, applied.undo).rule).toEqual(rule)
      rule = applied.rule
      undos.unshift(applied.undo)
    }
    for (const undo of undos) rule = applyCommand(rule, undo).rule
    expect(rule).toEqual(before)
  })
})
