import { type RefObject, useCallback, useMemo, useState } from 'react'
import type { Automation, Step } from '../../../rules/automations/automation.ts'
import { type AutomationCommand, type Place, type Refusal, tryCommand } from '../../../rules/automations/commands.ts'
import { idsIn, newStepId, withFreshIds } from '../../../rules/automations/edits/copies.ts'
import { outermost, placedStep } from '../../../rules/automations/edits/sequences.ts'
import { besideStep, stepFrom } from '../../../rules/automations/edits/steps.ts'
import { asSplitting, newBranchWay } from '../../../rules/automations/edits/ways.ts'
import { useCardFocus } from '../../canvas/editing/useCardFocus.ts'
import type { Said } from '../../canvas/editing/useEditing.ts'
import type { CanvasFocus } from '../../canvas/flow/focus.ts'
import { createStore, type Store } from '../../canvas/flow/store.ts'
import { useText } from '../../shared/useText.tsx'
import { cardRef, stepCard } from '../flow/automationFlow.ts'
import { commandLabel, placeWords } from './commandLabel.ts'
import type { Draft, DraftAction } from './draft.ts'
import { type Act, actOfKey } from './keys.ts'
import { newStep } from './newStep.ts'
import { placeAbove, placeBelow, selectedSteps, siblingsOf } from './places.ts'

/** Edits of an automation as both views and their bars, keys and dialogues ask for them. */
export type AutomationEditing = {
  readonly automation: Automation
  /** Does a command, selects what it was about, and says what it did or why not. @returns whether it was done */
  readonly run: (command: AutomationCommand) => boolean
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
  /** Puts a new step at a place, and opens its form. */
  readonly add: (offer: string, place: Place) => void
  /** Puts copies of steps at a place. */
  readonly paste: (steps: readonly Step[], place: Place) => void
  readonly helping: boolean
  readonly setHelping: (open: boolean) => void
  readonly said: Store<Said | null>
  /** Says something to those who see and those who listen. */
  readonly say: (text: string, refused?: boolean) => void
}

type Options = {
  draft: Draft
  dispatch: (action: DraftAction) => void
  focus: CanvasFocus
  /** What the cards or lines stand in. */
  view: RefObject<HTMLElement | null>
  /** A step was put in: its form is to open. */
  onEdit: (card: string) => void
  /** Other cards came to be selected: they are to be seen. */
  onSelect: (steps: readonly string[]) => void
  onFold: (step: string) => void
}

/** Everything that changes the tree of a draft, with its words. */
export function useAutomationEditing(options: Options): AutomationEditing {
  const { draft, dispatch, focus, view, onEdit, onSelect, onFold } = options
  const text = useText()
  const [adding, setAdding] = useState<Place | null>(null)
  const [helping, setHelping] = useState(false)
  const said = useMemo(() => createStore<Said | null>(null), [])
  const focusCards = useCardFocus(view, focus)
  const { tree: automation } = draft

  const focusSteps = useCallback(
    (steps: readonly string[], takeFocus = true) => {
      onSelect(steps)
      const find = () =>
        steps.map(stepCard).filter((id) => view.current?.querySelector(`[data-card="${CSS.escape(id)}"]`))
      focusCards(find, 'when:', takeFocus)
    },
    [onSelect, focusCards, view],
  )
  const say = useCallback(
    (words: string, refused = false) => said.set({ text: words, refused, time: performance.now() }),
    [said],
  )
  const refuse = useCallback((why: Refusal) => say(text(`automation.refused.${why}`), true), [say, text])

  const apply = useCallback(
    (command: AutomationCommand): readonly string[] | undefined => {
      const applied = tryCommand(automation, command)
      if ('refused' in applied) {
        refuse(applied.refused)
        return undefined
      }
      const label = commandLabel(command, automation, text)
      dispatch({ type: 'change', command, label, from: selectedSteps(focus.store.get()) })
      const what = {
        what: label,
        ...('place' in command ? { place: placeWords(command.place, automation, text) } : {}),
      }
      say('place' in command ? text('canvas.did.place', what) : text('canvas.did', what))
      return applied.selected
    },
    [automation, refuse, text, dispatch, focus, say],
  )
  const run = useCallback(
    (command: AutomationCommand): boolean => {
      const selected = apply(command)
      if (selected) focusSteps(selected)
      return selected !== undefined
    },
    [apply, focusSteps],
  )

  const add = useCallback(
    (offer: string, place: Place) => {
      setAdding(null)
      const kind = newStep(offer, '', automation.scope)
      if (!kind) return
      const [work] = Object.keys(kind).filter((key) => key !== 'id')
      const id = newStepId((work ?? 'end') as Parameters<typeof newStepId>[0], idsIn(automation), Math.random)
      const step = newStep(offer, id, automation.scope)
      const selected = step && apply({ kind: 'insert', place, steps: [step] })
      if (!selected) return
      // the form takes the focus
      const opens = offer !== 'end'
      focusSteps(selected, !opens)
      if (opens) onEdit(stepCard(id))
    },
    [automation, apply, focusSteps, onEdit],
  )
  const paste = useCallback(
    (steps: readonly Step[], place: Place) =>
      void run({ kind: 'insert', place, steps: withFreshIds(steps, automation, Math.random) }),
    [automation, run],
  )

  const act = useCallback(
    (what: Act) => {
      const state = focus.store.get()
      const card = state.current ?? 'when:'
      const steps = selectedSteps(state)
      const [first] = steps
      const last = steps.at(-1)
      const ref = cardRef(state.selected ?? card)
      switch (what) {
        case 'help':
          return setHelping(true)
        case 'add':
          return setAdding(placeBelow(automation, card))
        case 'above':
          return setAdding(placeAbove(automation, card))
        case 'siblings':
          return first === undefined ? undefined : focusSteps(siblingsOf(automation, first))
        case 'fold':
          return first === undefined ? undefined : onFold(first)
        default: {
          const command =
            ref?.kind === 'way' ? ofWay(what, ref, automation) : ofSteps(what, steps, first, last, automation)
          if (command) run(command)
          else refuse('nothing')
        }
      }
    },
    [focus, automation, run, refuse, focusSteps, onFold],
  )

  const step = useCallback(
    (type: 'undo' | 'redo') => {
      const done = type === 'undo' ? draft.past.at(-1) : draft.future[0]
      if (!done) return
      dispatch({ type })
      say(text(type === 'undo' ? 'canvas.undone' : 'canvas.redone', { what: done.label }))
      const applied = tryCommand(automation, type === 'undo' ? done.undo : done.redo)
      if ('refused' in applied) return
      focusSteps(type === 'undo' && done.from.length > 0 ? done.from : applied.selected)
    },
    [draft, dispatch, say, text, automation, focusSteps],
  )

  return useMemo<AutomationEditing>(
    () => ({
      automation,
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
      paste,
      helping,
      setHelping,
      said,
      say,
    }),
    [automation, run, act, step, adding, add, paste, helping, said, say],
  )
}

type TreeAct = Exclude<Act, 'help' | 'add' | 'above' | 'siblings' | 'fold'>

/** What an act means for the head of a way. */
function ofWay(
  act: TreeAct,
  { step, way }: { step: string; way: string },
  automation: Automation,
): AutomationCommand | undefined {
  const splitting = asSplitting(placedStep(automation, step)?.step)
  const index = Number(way)
  if (act === 'wrap') return { kind: 'unwrap', step, way }
  if (!splitting) return undefined
  const ways = 'branch' in splitting ? splitting.branch : splitting.split
  switch (act) {
    case 'way':
      return { kind: 'add_way', step, index: way === 'else' ? ways.length : index + 1 }
    case 'remove':
      return { kind: 'remove_way', step, way }
    case 'up':
    case 'out':
      return { kind: 'move_way', step, way, to: index - 1 }
    case 'down':
    case 'in':
      return { kind: 'move_way', step, way, to: index + 1 }
    default:
      return undefined
  }
}

/** What an act means for steps. */
function ofSteps(
  act: TreeAct,
  steps: readonly string[],
  first: string | undefined,
  last: string | undefined,
  automation: Automation,
): AutomationCommand | undefined {
  if (first === undefined || last === undefined) return undefined
  switch (act) {
    case 'remove':
      return { kind: 'remove', steps }
    case 'duplicate': {
      const place = besideStep(automation, last)
      const copies = withFreshIds(outermost(automation, steps), automation, Math.random)
      return place && { kind: 'insert', place, steps: copies }
    }
    case 'wrap': {
      const id = newStepId('branch', idsIn(automation), Math.random)
      return { kind: 'wrap', steps, around: { id, branch: [newBranchWay()], else: [] }, way: '0' }
    }
    case 'way': {
      const splitting = asSplitting(placedStep(automation, first)?.step)
      if (!splitting) return undefined
      return {
        kind: 'add_way',
        step: first,
        index: 'branch' in splitting ? splitting.branch.length : splitting.split.length,
      }
    }
    default: {
      const place = stepFrom(automation, act === 'down' ? last : first, act)
      return place && { kind: 'move', steps, place }
    }
  }
}
