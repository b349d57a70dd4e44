import { describe, expect, test } from '@jest/globals'
import { applyCommand } from '../../rules/commands.ts'
import type { Rule } from '../../rules/rule.ts'
import { foldToFit } from '../../ui/canvas/layout/groups.ts'
import { findTyped, treeStep } from '../../ui/canvas/outline/keys.ts'
import { cardOf, lineAt, lineOf, type OutlineLine, treeLines } from '../../ui/canvas/outline/lines.ts'
import { marksOf } from '../../ui/canvas/outline/marks.ts'
import { isPossible, MENU } from '../../ui/canvas/outline/menu.ts'
import { placeAfterCard, placeBeside } from '../../ui/canvas/outline/places.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from './randomRule.ts'

const member: Rule = { fact: 'membership', is: 'valid' }
const never: Rule = { fact: 'membership', is: 'never' }
const rule: Rule = {
  all: [member, { any: [{ not: member }, { all: [never] }] }, { not: { any: [never] } }, { not: { not: member } }],
}
const none: ReadonlySet<string> = new Set()
const lines = treeLines(rule, none)
const paths = (all: readonly OutlineLine[]) => all.map((line) => (line.kind === 'add' ? `+${line.path}` : line.path))

describe('the lines of a rule', () => {
  test('are its conditions and groups in reading order, each group with a line that adds to it', () => {
    expect(paths(lines)).toEqual([
      '',
      '/all/0',
      '/all/1',
      '/all/1/any/0',
      '/all/1/any/1',
      '/all/1/any/1/all/0',
      '+/all/1/any/1',
      '+/all/1',
      '/all/2',
      '/all/2/not/any/0',
      '+/all/2/not',
      '/all/3',
      '/all/3/not',
      '+',
    ])
  })

  test('say where they stand: level, position and how many stand there', () => {
    const at = (path: string) => lines.find((line) => line.path === path && line.kind !== 'add')
    expect(at('')).toMatchObject({ level: 1, position: 1, size: 1, parent: null })
    expect(at('/all/1')).toMatchObject({ level: 2, position: 2, size: 5, parent: '' })
    expect(at('/all/1/any/1/all/0')).toMatchObject({ level: 4, position: 1, size: 2, parent: '/all/1/any/1' })
    expect(at('/all/2/not/any/0')).toMatchObject({ level: 3, parent: '/all/2' })
    expect(lines.at(-1)).toMatchObject({
      kind: 'add',
      level: 2,
      position: 5,
      size: 5,
      place: { at: 'in', path: '', index: 4 },
    })
  })

  test('take a `not` together with what it inverts, one only', () => {
    const kinds = lines.flatMap((line) => (line.kind === 'add' ? [] : [[line.path, line.kind, line.inverted]]))
    expect(kinds).toContainEqual(['/all/1/any/0', 'condition', true])
    expect(kinds).toContainEqual(['/all/2', 'group', true])
    expect(kinds).toContainEqual(['/all/3', 'group', false])
    expect(kinds).toContainEqual(['/all/3/not', 'condition', true])
  })

  test('of folded groups are left out, and the group stands for them', () => {
    const folded = treeLines(rule, new Set(['/all/1']))
    expect(paths(folded)).not.toContain('/all/1/any/0')
    expect(lineAt(folded, '/all/1/any/1/all/0')?.path).toBe('/all/1')
    expect(lineAt(folded, '/all/2/not/any/0')?.path).toBe('/all/2/not/any/0')
  })

  test('are found again by the cards of the canvas, and each has a card of its own', () => {
    expect(lineOf(lines, 'condition:/all/0')?.path).toBe('/all/0')
    expect(lineOf(lines, 'join:/all/1')?.path).toBe('/all/1')
    expect(lineOf(lines, 'fork:/all/2/not')?.path).toBe('/all/2')
    expect(lineOf(lines, 'result:')?.path).toBe('')
    const large = randomRule(randomFrom(5), 200)
    const all = treeLines(large, new Set(foldToFit(large, 40)))
    for (const line of all) expect(lineOf(all, cardOf(line))).toBe(line)
    expect(new Set(all.map(cardOf)).size).toBe(all.length)
  })
})

describe('the keys of the tree', () => {
  const press = (path: string, key: string, folded = none) => {
    const shown = treeLines(rule, folded)
    const step = treeStep(shown, paths(shown).indexOf(path), key)
    return step?.act === 'go' ? paths([step.to])[0] : step
  }

  test('lead up and down over all lines, and to both ends', () => {
    expect(press('/all/1', 'ArrowDown')).toBe('/all/1/any/0')
    expect(press('/all/1', 'ArrowUp')).toBe('/all/0')
    expect(press('/all/1', 'ArrowDown', new Set(['/all/1']))).toBe('/all/2')
    expect(press('', 'ArrowUp')).toBeUndefined()
    expect(press('/all/1', 'Home')).toBe('')
    expect(press('/all/1', 'End')).toBe('+')
  })

  test('open and close groups, and lead into them and out of them', () => {
    expect(press('/all/1', 'ArrowRight')).toBe('/all/1/any/0')
    expect(press('/all/1', 'ArrowRight', new Set(['/all/1']))).toEqual({ act: 'open', path: '/all/1' })
    expect(press('/all/1', 'ArrowLeft')).toEqual({ act: 'close', path: '/all/1' })
    expect(press('/all/1', 'ArrowLeft', new Set(['/all/1']))).toBe('')
    expect(press('/all/2/not/any/0', 'ArrowLeft')).toBe('/all/2')
    expect(press('+/all/1', 'ArrowLeft')).toBe('/all/1')
    expect(press('/all/0', 'ArrowRight')).toBeUndefined()
  })

  test('reach every line by arrows down from the first one', () => {
    const seen = ['']
    for (let next = press('', 'ArrowDown'); typeof next === 'string'; next = press(next, 'ArrowDown')) seen.push(next)
    expect(seen).toEqual(paths(lines))
  })
})

describe('typing', () => {
  const said = ['All of', 'Membership is valid', 'Bookings at least 3', 'not Membership is cancelled']

  test('leads to the next line with a word that begins so, and round', () => {
    expect(findTyped(said, 0, 'm')).toBe(1)
    expect(findTyped(said, 1, 'm')).toBe(3)
    expect(findTyped(said, 3, 'm')).toBe(1)
    expect(findTyped(said, 0, 'L')).toBe(2)
    expect(findTyped(said, 0, 'x')).toBe(-1)
  })

  test('stays on a line that goes on matching, and leaves it when it does not', () => {
    expect(findTyped(said, 1, 'membership is v')).toBe(1)
    expect(findTyped(said, 1, 'membership is c')).toBe(3)
  })
})

describe('the place beside a line', () => {
  const part: Rule = { fact: 'membership', is: 'expired' }
  const added = (path: string) =>
    applyCommand(rule, { kind: 'insert', place: placeBeside(rule, path, 'after'), rule: part })

  test('is in the same group, whatever kind of group that is', () => {
    expect(added('/all/0').selected).toEqual(['/all/1'])
    expect(added('/all/1/any/0').selected).toEqual(['/all/1/any/1'])
    expect(placeBeside(rule, '/all/1/any/1', 'before')).toEqual({ at: 'in', path: '/all/1', index: 1 })
    expect(added('/all/2').selected).toEqual(['/all/3'])
  })

  test('is at the end of the rule for the line of the rule itself, and beside a condition that is all of it', () => {
    expect(added('').selected).toEqual(['/all/4'])
    expect(placeBeside({ not: { any: [] } }, '', 'after')).toEqual({ at: 'in', path: '/not', index: 0 })
    expect(placeBeside(member, '', 'before')).toEqual({ at: 'before', path: '' })
  })

  test('that every line adds at is one where something can be put', () => {
    for (const tree of [rule, member, { not: member }, { any: [] }, { not: { not: { all: [] } } }] as Rule[]) {
      for (const line of treeLines(tree, none)) {
        const places = line.kind === 'add' ? [line.place] : []
        for (const place of [...places, placeAfterCard(tree, cardOf(line))]) {
          expect(applyCommand(tree, { kind: 'insert', place, rule: part }).selected).toHaveLength(1)
        }
      }
    }
  })
})

describe('the menu of a line', () => {
  test('offers what would change something', () => {
    const offered = (path: string) => MENU.flat().flatMap(({ act }) => (isPossible(act, rule, path) ? [act] : []))
    expect(offered('/all/0')).not.toContain('up')
    expect(offered('/all/0')).not.toContain('ungroup')
    expect(offered('/all/0')).toEqual(expect.arrayContaining(['down', 'in', 'invert', 'turn', 'duplicate', 'remove']))
    expect(offered('/all/1')).toEqual(expect.arrayContaining(['up', 'ungroup', 'turn']))
    expect(offered('/all/1/any/1/all/0')).toEqual(expect.arrayContaining(['out']))
  })
})

describe('a customer’s marks', () => {
  const saved: Rule = { all: [member, { not: never }] }
  const nodes = [
    { path: '', holds: false, value: null, records: [] },
    { path: '/all/0', holds: true, value: 'valid', records: [] },
    { path: '/all/1', holds: false, value: null, records: [] },
    { path: '/all/1/not', holds: true, value: null, records: [] },
  ]
  const markOf = marksOf(saved, { member: false, nodes })

  test('stand on what the draft has kept, wherever it has been moved', () => {
    const draft: Rule = { any: [{ not: { ...never } }, { all: [{ ...member }] }] }
    const marks = treeLines(draft, none).map((line) => line.kind !== 'add' && markOf(line.rule)?.holds)
    expect(marks).toEqual([undefined, false, undefined, true, false, false])
  })

  test('are not on what has been changed', () => {
    expect(markOf({ fact: 'membership', is: 'expired' })).toBeUndefined()
  })
})
