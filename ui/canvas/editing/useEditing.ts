import { type RefObject, useCallback, useMemo, useState } from 'react'
import { type Place, type Refusal, type RuleCommand, tryCommand } from '../../../rules/commands.ts'
import { isCondition, type Path, type Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import type { CanvasFocus } from '../flow/focus.ts'
import { createStore, type Store } from '../flow/store.ts'
import type { CountRef } from '../layout/ruleFlow.ts'
import type { Draft, DraftAction } from '../rule/draft.ts'
import { commandOf, TREE_ACTS, type TreeAct } from './acts.ts'
import { placeAbove, placeBelow, selectedNodes } from './cards.ts'
import { commandLabel } from './commandLabel.ts'
import { type Act, actOfKey } from './keys.ts'
import { placeWords } from './placeWords.ts'
import { siblingsOf } from './siblings.ts'
import { useNodeFocus } from './useNodeFocus.ts'

/** What was said last about an edit; `time` tells two that say the same apart. */
export type Said = { readonly text: string; readonly refused: boolean; readonly time: number }

/** Edits of the rule as both views and their bars, keys and dialogues ask for them. */
export type Editing = {
  readonly rule: Rule
  /** Does a command, selects what it was about, and says what it did or why not. @returns whether it was done */
  readonly run: (command: RuleCommand) => boolean
  /** Does something with what is selected. */
  readonly act: (act: Act) => void
  /** @returns whether the key was one of ours */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly undo: () => void
  readonly redo: () => void
  /** Where the palette puts what is chosen; null while it is closed. */
  readonly adding: Place | null
  /** Opens the palette for a place; null closes it. */
  readonly addAt: (place: Place | null) => void
  /** Puts a part at a place, and opens its form if it is a condition. */
  readonly add: (part: Rule, place: Place) => void
  readonly helping: boolean
  readonly setHelping: (open: boolean) => void
  readonly said: Store<Said | null>
  /** Says something to those who see and those who listen. */
  readonly say: (text: string, refused?: boolean) => void
  /** Selects nodes, and puts the focus on the first. */
  readonly select: (paths: readonly Path[]) => void
}

type Options = {
  draft: Draft
  dispatch: (action: DraftAction) => void
  focus: CanvasFocus
  words: WordOptions
  /** What the cards or lines stand in. */
  view: RefObject<HTMLElement | null>
  /** A condition was put in, or is to be changed: its form is to open. */
  onEdit: (path: Path, field: string | undefined) => void
  /** The number whose customers are shown. */
  looked: Store<CountRef | null>
  /** Other nodes came to be selected: they are to be seen. */
  onSelect: (paths: readonly Path[]) => void
}

const isTreeAct = (act: Act): act is TreeAct => (TREE_ACTS as readonly string[]).includes(act)

/** Everything that changes the tree of a draft, with its words. */
export function useEditing({ draft, dispatch, focus, words, view, onEdit, looked, onSelect }: Options): Editing {
  const text = useText()
  const [adding, setAdding] = useState<Place | null>(null)
  const [helping, setHelping] = useState(false)
  const said = useMemo(() => createStore<Said | null>(null), [])
  const focusCards = useNodeFocus(view, focus)
  const focusNodes = useCallback(
    (next: Rule, paths: readonly Path[], takeFocus = true) => {
      onSelect(paths)
      focusCards(next, paths, takeFocus)
    },
    [onSelect, focusCards],
  )
  const { tree: rule } = draft

  const say = useCallback(
    (words: string, refused = false) => said.set({ text: words, refused, time: performance.now() }),
    [said],
  )
  const refuse = useCallback((why: Refusal) => say(text(`canvas.refused.${why}`), true), [say, text])

  const apply = useCallback(
    (command: RuleCommand): { rule: Rule; selected: readonly Path[] } | undefined => {
      const applied = tryCommand(rule, command)
      if ('refused' in applied) {
        refuse(applied.refused)
        return undefined
      }
      const label = commandLabel(command, rule, words, text)
      dispatch({ type: 'change', command, label, from: selectedNodes(focus.store.get()) })
      say(
        'place' in command
          ? text('canvas.did.place', { what: label, place: placeWords(command.place, rule, words, text) })
          : text('canvas.did', { what: label }),
      )
      return applied
    },
    [rule, refuse, words, text, dispatch, focus, say],
  )

  const run = useCallback(
    (command: RuleCommand): boolean => {
      const applied = apply(command)
      if (applied) focusNodes(applied.rule, applied.selected)
      return applied !== undefined
    },
    [apply, focusNodes],
  )

  const add = useCallback(
    (part: Rule, place: Place) => {
      setAdding(null)
      const applied = apply({ kind: 'insert', place, rule: part })
      const [path] = applied?.selected ?? []
      if (!applied || path === undefined) return
      const opens = isCondition(part)
      focusNodes(applied.rule, [path], !opens)
      // A condition without a value begins with how it asks.
      if (opens) onEdit(path, 'value' in part ? undefined : 'is')
    },
    [apply, focusNodes, onEdit],
  )

  const act = useCallback(
    (what: Act) => {
      const state = focus.store.get()
      const paths = selectedNodes(state)
      const card = state.current ?? 'start:'
      const [first] = paths
      if (what === 'help') setHelping(true)
      else if (what === 'add') setAdding(placeBelow(rule, card))
      else if (what === 'above') setAdding(placeAbove(rule, card))
      else if (what === 'beside') setAdding({ at: 'beside', path: first ?? '' })
      else if (what === 'look') looked.set({ path: first ?? '', of: card === 'start:' ? 'in' : 'yes' })
      else if (what === 'siblings') focusNodes(rule, siblingsOf(rule, first ?? ''))
      else if (isTreeAct(what)) {
        const command = commandOf(what, rule, paths)
        if (command) run(command)
        else refuse('nothing')
      }
    },
    [focus, rule, looked, run, refuse, focusNodes],
  )

  const step = useCallback(
    (type: 'undo' | 'redo') => {
      const done = type === 'undo' ? draft.past.at(-1) : draft.future[0]
      if (!done) return
      dispatch({ type })
      say(text(type === 'undo' ? 'canvas.undone' : 'canvas.redone', { what: done.label }))
      const applied = tryCommand(rule, type === 'undo' ? done.undo : done.redo)
      if ('refused' in applied) return
      focusNodes(applied.rule, type === 'undo' && done.from.length > 0 ? done.from : applied.selected)
    },
    [draft, dispatch, say, text, rule, focusNodes],
  )

  return useMemo<Editing>(
    () => ({
      rule,
      run,
      act,
      onKey: (event) => {
        const what = actOfKey(event)
        if (what !== undefined) act(what)
        return what !== undefined
      },
      undo: () => step('undo'),
      redo: () => step('redo'),
      adding,
      addAt: setAdding,
      add,
      helping,
      setHelping,
      said,
      say,
      select: (paths) => focusNodes(rule, paths),
    }),
    [rule, run, act, step, adding, add, helping, said, say, focusNodes],
  )
}
