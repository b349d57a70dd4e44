import { describe, expect, test } from '@jest/globals'
import {
  applyCommand,
  type MoveStep,
  type Place,
  type RuleCommand,
  ruleAt,
  stepFrom,
  tryCommand,
} from '../../rules/commands.ts'
import type { Path, Rule } from '../../rules/rule.ts'

const member = { fact: 'membership', is: 'valid' }
const expired = { fact: 'membership', is: 'expired' }
const female = { fact: 'gender', is: 'one_of', value: ['female'] }
const german = { fact: 'language', is: 'one_of', value: ['de'] }

const changed = (rule: Rule, command: RuleCommand): Rule => applyCommand(rule, command).rule
const selected = (rule: Rule, command: RuleCommand) => applyCommand(rule, command).selected
const refusal = (rule: Rule, command: RuleCommand) => {
  const result = tryCommand(rule, command)
  return 'refused' in result ? result.refused : undefined
}
const into = (path: Path, index: number): Place => ({ at: 'in', path, index })

test('a value is replaced where it stands, and nothing else', () => {
  const rule: Rule = { all: [female, { not: { any: [member, female] } }] }
  const { rule: next, undo } = applyCommand(rule, { kind: 'replace', path: '/all/1/not/any/0', rule: female })
  expect(next).toEqual({ all: [female, { not: { any: [female, female] } }] })
  expect(rule).toEqual({ all: [female, { not: { any: [member, female] } }] })
  expect(ruleAt(next, '/all/0')).toBe(ruleAt(rule, '/all/0'))
  expect(undo).toEqual({ kind: 'replace', path: '/all/1/not/any/0', rule: member })
})

test('/all/1 is not taken for the beginning of /all/10', () => {
  const rule: Rule = { all: Array.from({ length: 12 }, (_, index) => ({ ...member, value: index })) }
  expect(ruleAt(rule, '/all/10')).toEqual({ ...member, value: 10 })
  const next = changed(rule, { kind: 'replace', path: '/all/10', rule: female })
  expect(ruleAt(next, '/all/1')).toEqual({ ...member, value: 1 })
  expect(ruleAt(next, '/all/10')).toEqual(female)
})

test('a place that is not there is refused', () => {
  const rule: Rule = { all: [member] }
  expect(() => changed(rule, { kind: 'replace', path: '/all/1', rule: female })).toThrow(/no node at "\/all\/1"/)
  expect(() => changed(rule, { kind: 'insert', place: into('/all/0', 0), rule: female })).toThrow(/no such place/)
  expect(() => changed(rule, { kind: 'insert', place: into('', 2), rule: female })).toThrow(/no such place/)
  expect(() => changed(rule, { kind: 'remove', paths: ['/all/1'] })).toThrow(/no node at "\/all\/1"/)
})

describe('insert', () => {
  const add = (rule: Rule, place: Place) => changed(rule, { kind: 'insert', place, rule: female })

  test('into a group', () => {
    expect(add({ any: [member] }, into('', 0))).toEqual({ any: [female, member] })
    expect(add({ all: [{ any: [] }] }, into('/all/0', 0))).toEqual({ all: [{ any: [female] }] })
  })

  test('one under another: in the `all` that is there, else in one that is made', () => {
    const rule: Rule = { all: [member, { any: [expired, german] }] }
    expect(add(rule, { at: 'before', path: '' })).toEqual({ all: [female, member, { any: [expired, german] }] })
    expect(add(rule, { at: 'after', path: '/all/0' })).toEqual({ all: [member, female, { any: [expired, german] }] })
    expect(add(rule, { at: 'before', path: '/all/1/any/1' })).toEqual({
      all: [member, { any: [expired, { all: [female, german] }] }],
    })
    expect(add(member, { at: 'after', path: '' })).toEqual({ all: [member, female] })
    expect(add({ not: { any: [member] } }, { at: 'after', path: '/not' })).toEqual({
      not: { all: [{ any: [member] }, female] },
    })
  })

  test('as another way', () => {
    expect(add({ all: [member] }, { at: 'beside', path: '/all/0' })).toEqual({ all: [{ any: [member, female] }] })
    const rule: Rule = { any: [member, german] }
    expect(add(rule, { at: 'beside', path: '/any/0' })).toEqual({ any: [member, female, german] })
    expect(add(rule, { at: 'beside', path: '' })).toEqual({ any: [member, german, female] })
  })

  test('pasted groups lose their border where it says nothing', () => {
    const paste = (place: Place, rule: Rule) => applyCommand({ any: [member, german] }, { kind: 'paste', place, rule })
    expect(paste({ at: 'after', path: '' }, { all: [female, expired] }).rule).toEqual({
      all: [{ any: [member, german] }, female, expired],
    })
    expect(paste(into('', 2), { any: [female] })).toMatchObject({
      rule: { any: [member, german, female] },
      selected: ['/any/2'],
    })
    expect(paste(into('', 1), { all: [female, expired] }).rule).toEqual({
      any: [member, { all: [female, expired] }, german],
    })
  })
})

describe('remove', () => {
  const remove = (rule: Rule, ...paths: Path[]) => changed(rule, { kind: 'remove', paths })

  test('takes the groups along that become empty, and those of one part', () => {
    const rule: Rule = { all: [female, { not: { all: [{ any: [member] }] } }] }
    expect(remove(rule, '/all/1/not/all/0/any/0')).toEqual({ all: [female] })
    expect(remove({ all: [{ any: [member, { all: [german, female] }] }] }, '/all/0/any/1/all/1')).toEqual({
      all: [{ any: [member, german] }],
    })
    expect(remove({ any: [member, german] }, '/any/0')).toEqual(german)
    expect(remove({ all: [member, german] }, '/all/0')).toEqual({ all: [german] })
  })

  test('of everything leaves everyone', () => {
    expect(remove({ any: [member, german] }, '/any/0', '/any/1')).toEqual({ all: [] })
    expect(remove(member, '')).toEqual({ all: [] })
  })

  test('leaves the attention at what is next', () => {
    const rule: Rule = { all: [member, { any: [female, german] }, expired] }
    expect(selected(rule, { kind: 'remove', paths: ['/all/0'] })).toEqual(['/all/0'])
    expect(selected(rule, { kind: 'remove', paths: ['/all/2'] })).toEqual(['/all/1'])
    expect(selected(rule, { kind: 'remove', paths: ['/all/1/any/0'] })).toEqual(['/all/1'])
  })
})

describe('move', () => {
  const rule: Rule = { all: [member, { any: [female, german] }, expired] }
  const move = (place: Place, ...paths: Path[]) => applyCommand(rule, { kind: 'move', paths, place })

  test('within a group, into one and out of one', () => {
    expect(move(into('', 3), '/all/0')).toMatchObject({
      rule: { all: [{ any: [female, german] }, expired, member] },
      selected: ['/all/2'],
    })
    expect(move(into('/all/1', 1), '/all/2', '/all/0').rule).toEqual({
      all: [{ any: [female, member, expired, german] }],
    })
    expect(move({ at: 'before', path: '' }, '/all/1/any/1')).toMatchObject({
      rule: { all: [german, member, female, expired] },
      selected: ['/all/0'],
    })
  })

  test('under a card of its own way', () => {
    expect(move({ at: 'after', path: '/all/1/any/0' }, '/all/0').rule).toEqual({
      all: [{ any: [{ all: [female, member] }, german] }, expired],
    })
  })

  test('not into itself, and not to where it is', () => {
    expect(refusal(rule, { kind: 'move', paths: ['/all/1'], place: into('/all/1', 0) })).toBe('into_itself')
    const below: Place = { at: 'after', path: '/all/1/any/0' }
    expect(refusal(rule, { kind: 'move', paths: ['/all/1'], place: below })).toBe('into_itself')
    expect(refusal(rule, { kind: 'move', paths: ['/all/0'], place: into('', 1) })).toBe('nothing')
  })

  test('step by step, by the keys', () => {
    const to = (path: Path, step: MoveStep): Rule | undefined => {
      const place = stepFrom(rule, path, step)
      return place && changed(rule, { kind: 'move', paths: [path], place })
    }
    expect(to('/all/2', 'up')).toEqual({ all: [member, expired, { any: [female, german] }] })
    expect(to('/all/0', 'down')).toEqual({ all: [{ any: [female, german] }, member, expired] })
    expect(to('/all/0', 'in')).toEqual({ all: [{ any: [member, female, german] }, expired] })
    expect(to('/all/2', 'in')).toEqual({ all: [member, { any: [female, german, expired] }] })
    expect(to('/all/1/any/0', 'up')).toEqual({ all: [member, female, german, expired] })
    expect(to('/all/1/any/0', 'out')).toEqual({ all: [member, german, female, expired] })
    expect(to('/all/1', 'in')).toBeUndefined()
    expect(to('/all/0', 'up')).toBeUndefined()
    expect(stepFrom({ not: { any: [member, female] } }, '/not/any/0', 'out')).toEqual({ at: 'after', path: '' })
  })
})

test('duplicates stand right after what they are copies of, and are selected', () => {
  expect(applyCommand({ any: [member, german] }, { kind: 'duplicate', paths: ['/any/0'] })).toMatchObject({
    rule: { any: [member, member, german] },
    selected: ['/any/1'],
  })
  expect(changed({ not: member }, { kind: 'duplicate', paths: ['/not'] })).toEqual({ not: { all: [member, member] } })
})

test('invert: a `not` of a `not` is none, wherever it is asked for', () => {
  const rule: Rule = { all: [member, { not: { any: [female, german] } }] }
  expect(changed(rule, { kind: 'invert', paths: ['/all/0'] })).toEqual({
    all: [{ not: member }, { not: { any: [female, german] } }],
  })
  const open = { all: [member, { any: [female, german] }] }
  expect(changed(rule, { kind: 'invert', paths: ['/all/1'] })).toEqual(open)
  expect(applyCommand(rule, { kind: 'invert', paths: ['/all/1/not'] })).toMatchObject({
    rule: open,
    selected: ['/all/1'],
  })
})

describe('groups', () => {
  const rule: Rule = { all: [member, female, { not: { any: [german, expired] } }] }

  test('hold what was selected, in the place of the first', () => {
    expect(applyCommand(rule, { kind: 'group', paths: ['/all/2', '/all/0'], as: 'any' })).toMatchObject({
      rule: { all: [{ any: [member, { not: { any: [german, expired] } }] }, female] },
      selected: ['/all/0'],
    })
    expect(changed(rule, { kind: 'group', paths: ['/all/1'], as: 'any' })).toMatchObject({
      all: [member, { any: [female] }, {}],
    })
    expect(refusal(rule, { kind: 'group', paths: ['/all/0', '/all/2/not/any/0'], as: 'any' })).toBe('apart')
  })

  test('are opened into what they stand in', () => {
    const nested: Rule = { all: [member, { any: [female, german] }] }
    expect(applyCommand(nested, { kind: 'ungroup', path: '/all/1/any/0' })).toMatchObject({
      rule: { all: [member, female, german] },
      selected: ['/all/1', '/all/2'],
    })
    expect(changed(rule, { kind: 'ungroup', path: '/all/2' })).toEqual({
      all: [member, female, { not: { all: [german, expired] } }],
    })
    expect(changed({ any: [member] }, { kind: 'ungroup', path: '' })).toEqual(member)
    expect(refusal(nested, { kind: 'ungroup', path: '/all/0' })).toBe('nothing')
  })

  test('are turned from and into or, and back by the same part', () => {
    const once = applyCommand(rule, { kind: 'turn', path: '/all/1' })
    expect(once).toMatchObject({ rule: { any: rule.all }, selected: ['/any/1'] })
    expect(changed(once.rule, { kind: 'turn', path: '/any/1' })).toEqual(rule)
    expect(refusal(member, { kind: 'turn', path: '' })).toBe('nothing')
  })
})

describe('limits', () => {
  const deep = (levels: number): Rule => (levels <= 1 ? member : { not: deep(levels - 1) })

  test('of 20 levels and 200 conditions are kept', () => {
    const bottom = '/not'.repeat(19)
    expect(refusal(deep(20), { kind: 'group', paths: [bottom], as: 'any' })).toBe('too_deep')
    const many: Rule = { all: Array.from({ length: 200 }, () => member) }
    expect(refusal(many, { kind: 'duplicate', paths: ['/all/7'] })).toBe('too_many')
    expect(refusal(many, { kind: 'move', paths: ['/all/7'], place: into('', 0) })).toBe('nothing')
    expect(refusal(many, { kind: 'invert', paths: ['/all/7'] })).toBeUndefined()
  })

  test('do not keep a rule that exceeds them from being made smaller', () => {
    const many: Rule = { all: Array.from({ length: 203 }, () => member) }
    expect(refusal(many, { kind: 'remove', paths: ['/all/7'] })).toBeUndefined()
  })
})
