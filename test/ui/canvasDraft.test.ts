import { expect, test } from '@jest/globals'
import type { Rule } from '../../rules/rule.ts'
import { draftOf, isChanged } from '../../ui/canvas/editing/draft.ts'
import { type Draft, type DraftAction, reduceDraft } from '../../ui/canvas/rule/draft.ts'

const days = (count: number): Rule => ({ fact: 'last_booking', is: 'within_last', value: { days: count } })
const rule: Rule = { all: [days(30), days(60)] }

const change = (index: number, count: number, group: string): DraftAction => ({
  type: 'change',
  command: { kind: 'replace', path: `/all/${index}`, rule: days(count) },
  label: 'Last booking',
  group,
})
const after = (...actions: DraftAction[]): Draft => actions.reduce(reduceDraft, draftOf(rule))

test('a change can be undone and done again', () => {
  const changed = after(change(0, 31, 'a'))
  expect(changed.tree).toEqual({ all: [days(31), days(60)] })
  expect(isChanged(changed)).toBe(true)
  const undone = reduceDraft(changed, { type: 'undo' })
  expect(undone.tree).toEqual(rule)
  expect(isChanged(undone)).toBe(false)
  expect(reduceDraft(undone, { type: 'redo' }).tree).toEqual(changed.tree)
})

test('what is typed into one form is one step, another form another', () => {
  const typed = after(change(0, 4, 'a'), change(0, 45, 'a'), change(1, 90, 'b'))
  expect(typed.past).toHaveLength(2)
  const once = reduceDraft(typed, { type: 'undo' })
  expect(once.tree).toEqual({ all: [days(45), days(60)] })
  const twice = reduceDraft(once, { type: 'undo' })
  expect(twice.tree).toEqual(rule)
  expect(reduceDraft(reduceDraft(twice, { type: 'redo' }), { type: 'redo' }).tree).toEqual(typed.tree)
})

test('a new change after an undo forgets what was undone; one that changes nothing is none', () => {
  const again = after(change(0, 31, 'a'), { type: 'undo' }, change(1, 61, 'b'))
  expect(again.future).toEqual([])
  expect(after(change(0, 30, 'a')).past).toEqual([])
  expect(after({ type: 'undo' }, { type: 'redo' }).tree).toEqual(rule)
})

test('saving ends the change and keeps the way back', () => {
  const changed = after(change(0, 31, 'a'))
  const saved = reduceDraft(changed, { type: 'saved', tree: changed.tree })
  expect(isChanged(saved)).toBe(false)
  expect(reduceDraft(saved, { type: 'undo' }).tree).toEqual(rule)
})

test('a rule that somebody else saved is taken over, unless something is changed here', () => {
  const other: Rule = { all: [days(7), days(8)] }
  expect(after({ type: 'saved', tree: other }).tree).toEqual(other)
  const mine = after(change(0, 31, 'a'), { type: 'saved', tree: other })
  expect(mine.tree).toEqual({ all: [days(31), days(60)] })
  expect(isChanged(mine)).toBe(true)
})
