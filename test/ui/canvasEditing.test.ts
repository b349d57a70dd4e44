import { describe, expect, test } from '@jest/globals'
import { catalogue } from '../../rules/catalogue.ts'
import { checkRule } from '../../rules/check.ts'
import { applyCommand, type Place, ruleAt, tryCommand } from '../../rules/commands.ts'
import { canMove } from '../../rules/edits/relocate.ts'
import { nodesOf, type Path, type Rule } from '../../rules/rule.ts'
import { commandOf } from '../../ui/canvas/editing/acts.ts'
import { nodeOfCard, placeAbove, placeBelow, selectedNodes } from '../../ui/canvas/editing/cards.ts'
import { copiedOf } from '../../ui/canvas/editing/copied.ts'
import { actOfKey } from '../../ui/canvas/editing/keys.ts'
import { siblingsOf } from '../../ui/canvas/editing/siblings.ts'
import { nothingFocused } from '../../ui/canvas/flow/focus.ts'
import { nearestSpot } from '../../ui/canvas/flow/spotBoxes.ts'
import { layoutRule } from '../../ui/canvas/layout/layoutRule.ts'
import { ROOMY } from '../../ui/canvas/layout/metrics.ts'
import { placeOf, spotOf } from '../../ui/canvas/layout/spots.ts'
import { paletteItems } from '../../ui/canvas/palette/paletteItems.ts'
import { carriedOver } from '../../ui/canvas/rule/problems.ts'
import { randomFrom } from '../support/random.ts'
import { randomRule } from './randomRule.ts'

const member: Rule = { fact: 'membership', is: 'valid' }
const female: Rule = { fact: 'gender', is: 'one_of', value: ['female'] }
const german: Rule = { fact: 'language', is: 'one_of', value: ['de'] }
const rule: Rule = { all: [member, { any: [female, german] }, { not: { all: [female, member] } }] }

describe('the places of a canvas', () => {
  const add = (place: Place): Rule => applyCommand(rule, { kind: 'insert', place, rule: german }).rule

  test.each<Place>([
    { at: 'in', path: '', index: 0 },
    { at: 'in', path: '/all/1', index: 12 },
    { at: 'before', path: '/all/2/not' },
    { at: 'beside', path: '' },
  ])('are named so that they can be read back: %j', (place) => {
    expect(placeOf(spotOf(place))).toEqual(place)
  })

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('on every line and at every fork, seed %i', (seed) => {
    const random = randomFrom(seed)
    const drawn = randomRule(random, random.int(1, 30))
    const flow = layoutRule(drawn, { metrics: ROOMY })
    expect(flow.lines.filter((line) => line.spot === undefined)).toEqual([])
    for (const { spot } of [...flow.lines, ...flow.nodes]) {
      if (spot === undefined) continue
      const applied = applyCommand(drawn, { kind: 'insert', place: placeOf(spot), rule: member })
      expect(checkRule(applied.rule).mistakes).toBeUndefined()
      expect(applied.selected).toHaveLength(1)
    }
  })

  test('below and above a card are where the flow goes', () => {
    expect(placeBelow(rule, 'start:')).toEqual({ at: 'before', path: '' })
    expect(placeBelow(rule, 'result:')).toEqual({ at: 'after', path: '' })
    expect(placeBelow(rule, 'condition:/all/0')).toEqual({ at: 'after', path: '/all/0' })
    expect(placeBelow(rule, 'fork:/all/1')).toEqual({ at: 'in', path: '/all/1', index: 2 })
    expect(placeBelow(rule, 'join:/all/1')).toEqual({ at: 'after', path: '/all/1' })
    expect(placeBelow(rule, 'enter:/all/2')).toEqual({ at: 'before', path: '/all/2/not' })
    expect(placeBelow(rule, 'aside:/all/2')).toEqual({ at: 'after', path: '/all/2/not' })
    expect(placeAbove(rule, 'condition:/all/0')).toEqual({ at: 'before', path: '/all/0' })
    expect(placeAbove(rule, 'join:/all/1')).toEqual({ at: 'in', path: '/all/1', index: 2 })
    expect(add(placeBelow(rule, 'enter:/all/2'))).toEqual({
      all: [member, { any: [female, german] }, { not: { all: [german, female, member] } }],
    })
  })

  test('are offered to a move only where it would change something', () => {
    const spots = (paths: Path[]) =>
      layoutRule(rule, { metrics: ROOMY })
        .lines.flatMap(({ spot }) => spot ?? [])
        .filter((spot) => canMove(rule, paths, placeOf(spot)))
    expect(spots(['/all/0'])).not.toContain('before:')
    expect(spots(['/all/0'])).not.toContain('before:/all/1')
    expect(spots(['/all/0'])).toContain('before:/all/2')
    expect(spots(['/all/1']).filter((spot) => spot.includes('/all/1/any'))).toEqual([])
    for (const path of ['/all/0', '/all/1', '/all/1/any/1', '/all/2']) {
      for (const spot of spots([path])) {
        expect(tryCommand(rule, { kind: 'move', paths: [path], place: placeOf(spot) })).not.toHaveProperty('refused')
      }
    }
  })

  test('catch what is dragged near them, the nearest first', () => {
    const boxes = [
      { spot: 'a', x: 0, y: 0 },
      { spot: 'b', x: 50, y: 0 },
    ]
    expect(nearestSpot(boxes, 30, 5)).toBe('b')
    expect(nearestSpot(boxes, 20, 5)).toBe('a')
    expect(nearestSpot(boxes, 400, 5)).toBeNull()
  })
})

test('cards stand for nodes, the ends for none, and a group with two signs is selected once', () => {
  expect(nodeOfCard('condition:/all/0')).toBe('/all/0')
  expect(nodeOfCard('start:')).toBeUndefined()
  const picked = new Set(['fork:/all/1', 'join:/all/1', 'condition:/all/0'])
  expect(selectedNodes({ ...nothingFocused, selected: 'condition:/all/0', picked })).toEqual(['/all/1', '/all/0'])
  expect(selectedNodes({ ...nothingFocused, selected: 'result:', picked })).toEqual([])
})

test('keys mean what the list of keys says, and leave the browser its own', () => {
  const key = (name: string, held: Partial<Record<'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey', boolean>> = {}) =>
    actOfKey({ key: name, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held })
  expect(key('/')).toBe('add')
  expect(key('/', { shiftKey: true })).toBe('add')
  expect(key('?', { shiftKey: true })).toBe('help')
  expect(key('G', { shiftKey: true })).toBe('ungroup')
  expect(key('g')).toBe('group')
  expect(key('I', { shiftKey: true })).toBeUndefined()
  expect(key('Backspace')).toBe('remove')
  expect(key('ArrowUp', { altKey: true })).toBe('up')
  expect(key('a', { metaKey: true })).toBe('siblings')
  for (const own of ['c', 'd', 'i', 't', 'r']) expect(key(own, { ctrlKey: true })).toBeUndefined()
})

test('acts become commands for what is selected', () => {
  expect(commandOf('group', rule, ['/all/0', '/all/1'])).toMatchObject({ as: 'any' })
  expect(commandOf('group', rule, ['/all/1/any/0'])).toMatchObject({ as: 'all' })
  expect(commandOf('up', rule, ['/all/0'])).toBeUndefined()
  expect(commandOf('down', rule, ['/all/0', '/all/1'])).toMatchObject({ place: { index: 3 } })
  expect(commandOf('invert', rule, [])).toBeUndefined()
  expect(siblingsOf(rule, '/all/1/any/0')).toEqual(['/all/1/any/0', '/all/1/any/1'])
  expect(siblingsOf(rule, '')).toEqual(['/all/0', '/all/1', '/all/2'])
})

test('what is copied is the node, or several as a group of the kind that they stand in', () => {
  expect(copiedOf(rule, ['/all/0'])).toBe(ruleAt(rule, '/all/0'))
  expect(copiedOf(rule, ['/all/1', '/all/0'])).toEqual({ all: [member, { any: [female, german] }] })
  expect(copiedOf(rule, ['/all/1/any/1', '/all/1/any/0'])).toEqual({ any: [female, german] })
  expect(copiedOf(rule, [])).toBeUndefined()
})

test('what was wrong with a rule stays on its card while edits move it', () => {
  const said = new Map([['/all/1/any/1', ['This is not right.']]])
  const moved = applyCommand(rule, { kind: 'move', paths: ['/all/1'], place: { at: 'before', path: '' } }).rule
  const [path] = [...carriedOver(said, rule, moved).keys()]
  expect(path && ruleAt(moved, path)).toBe(ruleAt(rule, '/all/1/any/1'))
  const typed = applyCommand(rule, { kind: 'replace', path: '/all/1/any/1', rule: female }).rule
  expect([...carriedOver(said, rule, typed).keys()]).toEqual(['/all/1/any/1'])
  const removed = applyCommand(rule, { kind: 'remove', paths: ['/all/1'] }).rule
  expect(carriedOver(said, rule, removed).size).toBe(0)
})

describe('the palette', () => {
  const facts = catalogue().map((fact) => ({ ...fact }))
  const found = (typed: string) =>
    paletteItems(facts, typed, (group) => group).flatMap(({ items }) => items.map(({ key }) => key))

  test('offers every fact once, by group', () => {
    expect(found('').sort()).toEqual(facts.map(({ fact }) => fact).sort())
    const groups = paletteItems(facts, '', (group) => group).map(({ group }) => group)
    expect(new Set(groups).size).toBe(groups.length)
  })

  test('finds facts by their words, and single operators where one of the words is theirs', () => {
    expect(found('GENDER')).toEqual(['gender'])
    expect(found('membership cancelled')).toEqual(['membership valid_cancelled', 'membership valid_uncancelled'])
    expect(found('xyzzy')).toEqual([])
  })

  test('finds words with marks by letters without them', () => {
    const french = catalogue(undefined, 'fr')
    const items = paletteItems(french, 'premiere reserv', () => '').flatMap((group) => group.items)
    expect(items.map(({ key }) => key)).toContain('first_booking')
  })
})

test('every node of a drawn rule has a card or stands in one', () => {
  const flow = layoutRule(rule, { metrics: ROOMY })
  const shown = new Set(flow.nodes.map((node) => node.path))
  const hidden = nodesOf(rule).filter(({ path }) => !shown.has(path))
  // an `all` is the flow itself
  expect(hidden.map(({ path }) => path)).toEqual(['/all/2/not'])
})
