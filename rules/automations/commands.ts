/**
 * Edits of an automation. Each is a command on the tree with its undoing, as edits of a rule are, so that undo, the
 * keyboard and every view come from one place. Steps keep their ids through all of them.
 */
import type { Automation, Step } from './automation.ts'
import { idsIn } from './edits/copies.ts'
import { type Excess, excessOf } from './edits/limits.ts'
import { inserted, isInside, moved, removed, wrapped } from './edits/relocate.ts'
import { outermost, type Place, placedStep, placeOfStep, rebuilt, stepsIn, withSteps } from './edits/sequences.ts'
import { nearestStep } from './edits/steps.ts'
import { asSplitting, withoutWay, withWay, withWayAt } from './edits/ways.ts'
import { waysOf } from './steps.ts'

export type { Place } from './edits/sequences.ts'

/** What an automation says beside its steps. */
export type Head = Omit<Automation, 'then'>

/** `steps` are ids in any order; those in a way of another one of them go with it. */
export type AutomationCommand =
  | { readonly kind: 'replace'; readonly automation: Automation }
  /** Everything but the steps. */
  | { readonly kind: 'head'; readonly head: Head }
  /** The steps bring ids of their own, which no other step has. */
  | { readonly kind: 'insert'; readonly place: Place; readonly steps: readonly Step[] }
  | { readonly kind: 'remove'; readonly steps: readonly string[] }
  | { readonly kind: 'move'; readonly steps: readonly string[]; readonly place: Place }
  /** Puts another step in the place of the one with its id. */
  | { readonly kind: 'change'; readonly step: Step }
  /** Puts steps that stand together into a way of a new step. */
  | { readonly kind: 'wrap'; readonly steps: readonly string[]; readonly around: Step; readonly way: string }
  /** Takes a step away and leaves the steps of one of its ways in its place; those of the others go with it. */
  | { readonly kind: 'unwrap'; readonly step: string; readonly way: string }
  | { readonly kind: 'add_way'; readonly step: string; readonly index: number }
  | { readonly kind: 'remove_way'; readonly step: string; readonly way: string }
  | { readonly kind: 'move_way'; readonly step: string; readonly way: string; readonly to: number }

export type Applied = {
  readonly automation: Automation
  /** The command that, applied to `automation`, gives what was before. */
  readonly undo: AutomationCommand
  /** The steps that the command was about. */
  readonly selected: readonly string[]
}

/**
 * Why a command can't be done: it would exceed a limit, put a step into itself, put steps together that stand apart, leave
 * a step with too few ways, split less than two percent, or there is nothing that it could change.
 */
export type Refusal = Excess | 'into_itself' | 'apart' | 'last_way' | 'no_room' | 'nothing'

type Outcome = { readonly automation: Automation; readonly selected: readonly string[] }
type Refused = { readonly refused: Refusal }

/**
 * Applies a command to an automation; the one given is not changed.
 * @returns the automation after it, or why it stays as it is
 * @throws RangeError when a step or a place of the command is not in the automation, or a new step's id is taken
 */
export function tryCommand(automation: Automation, command: AutomationCommand): Applied | Refused {
  checkNames(automation, command)
  const outcome = outcomeOf(automation, command)
  if ('refused' in outcome) return outcome
  if (outcome.automation === automation) return { refused: 'nothing' }
  const excess = excessOf(outcome.automation)
  // What came from elsewhere with too much of something can still be made smaller.
  if (excess !== undefined && excessOf(automation) !== excess) return { refused: excess }
  return { ...outcome, undo: { kind: 'replace', automation } }
}

/** The steps and the place that a command names must be there, and the ids that it brings must be new. */
function checkNames(automation: Automation, command: AutomationCommand): void {
  const ids = idsIn(automation)
  const named = 'steps' in command && command.kind !== 'insert' ? command.steps : []
  const one = 'step' in command ? [typeof command.step === 'string' ? command.step : command.step.id] : []
  for (const id of [...named, ...one]) if (!ids.has(id)) throw new RangeError(`There is no step ${JSON.stringify(id)}`)
  if ('place' in command) {
    const { place } = command
    const steps = stepsIn(automation, place)
    if (!steps || place.index < 0 || place.index > steps.length) {
      throw new RangeError(`There is no such place: ${JSON.stringify(place)}`)
    }
  }
  for (const step of command.kind === 'insert' ? command.steps.flatMap(withSteps) : []) {
    if (ids.has(step.id)) throw new RangeError(`There is a step ${JSON.stringify(step.id)} already`)
    ids.add(step.id)
  }
}

const NOTHING: Refused = { refused: 'nothing' }

function outcomeOf(automation: Automation, command: AutomationCommand): Outcome | Refused {
  switch (command.kind) {
    case 'replace':
      return { automation: command.automation, selected: [] }
    case 'head': {
      const next = { ...command.head, then: automation.then }
      return JSON.stringify(next) === JSON.stringify(automation) ? NOTHING : { automation: next, selected: [] }
    }
    case 'insert': {
      if (command.steps.length === 0) return NOTHING
      const selected = command.steps.map(({ id }) => id)
      return { automation: inserted(automation, command.place, command.steps), selected }
    }
    case 'remove':
      return remove(automation, command.steps)
    case 'move':
      return move(automation, command.steps, command.place)
    case 'change': {
      const { step } = command
      if (JSON.stringify(placedStep(automation, step.id)?.step) === JSON.stringify(step)) return NOTHING
      return { automation: withStep(automation, step), selected: [step.id] }
    }
    case 'wrap': {
      const next = wrapped(automation, command.steps, command.around, command.way)
      return next ? { automation: next, selected: [command.around.id] } : { refused: 'apart' }
    }
    case 'unwrap':
      return unwrap(automation, command.step, command.way)
    case 'add_way':
    case 'remove_way':
    case 'move_way':
      return ofWays(automation, command)
  }
}

function remove(automation: Automation, ids: readonly string[]): Outcome | Refused {
  const [first] = outermost(automation, ids)
  if (!first) return NOTHING
  const next = removed(automation, ids)
  const near = nearestStep(automation, next, first.id)
  return { automation: next, selected: near === undefined ? [] : [near] }
}

function move(automation: Automation, ids: readonly string[], place: Place): Outcome | Refused {
  if (isInside(automation, place, ids)) return { refused: 'into_itself' }
  const next = moved(automation, ids, place)
  if (JSON.stringify(next) === JSON.stringify(automation)) return NOTHING
  return { automation: next, selected: outermost(automation, ids).map(({ id }) => id) }
}

const withStep = (automation: Automation, step: Step): Automation =>
  rebuilt(automation, (own) =>
    own.some(({ id }) => id === step.id) ? own.map((one) => (one.id === step.id ? step : one)) : own,
  )

function unwrap(automation: Automation, id: string, way: string): Outcome | Refused {
  const step = placedStep(automation, id)?.step
  const kept = step && waysOf(step).find(({ name }) => name === way)?.steps
  if (!step || !kept) return NOTHING
  const next = rebuilt(automation, (own) =>
    own.some((one) => one.id === id) ? own.flatMap((one) => (one.id === id ? kept : [one])) : own,
  )
  const [first] = kept
  const at = placeOfStep(automation, id)
  const near = first?.id ?? (at && nearestStep(automation, next, id))
  return { automation: next, selected: kept.length > 0 ? kept.map((one) => one.id) : near === undefined ? [] : [near] }
}

function ofWays(
  automation: Automation,
  command: Extract<AutomationCommand, { kind: 'add_way' | 'remove_way' | 'move_way' }>,
): Outcome | Refused {
  const step = asSplitting(placedStep(automation, command.step)?.step)
  if (!step) return NOTHING
  const next =
    command.kind === 'add_way'
      ? withWay(step, command.index)
      : command.kind === 'remove_way'
        ? withoutWay(step, command.way)
        : withWayAt(step, command.way, command.to)
  if (next === undefined) return NOTHING
  if (typeof next === 'string') return { refused: next }
  return { automation: withStep(automation, next), selected: [command.step] }
}
