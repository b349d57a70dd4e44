/**
 * Edits of a rule. Each is a command on the tree with its undoing, so that undo, comparison and the keyboard come from
 * one place and no view can make a tree that another view can't show.
 */
import { type GroupKind, groupOf, groupTogether, turned, ungrouped } from './edits/groups.ts'
import { inverted } from './edits/invert.ts'
import { type Excess, excessOf } from './edits/limits.ts'
import type { Place } from './edits/places.ts'
import { duplicated, inserted, isInside, moved, type Outcome, pasted, removed } from './edits/relocate.ts'
import { changedPath, outermost, ruleAt, withAt } from './edits/tree.ts'
import type { Path, Rule } from './rule.ts'

export type { GroupKind } from './edits/groups.ts'
export type { Place } from './edits/places.ts'
export { type MoveStep, stepFrom } from './edits/steps.ts'
export { ruleAt } from './edits/tree.ts'

/** `paths` are nodes in any order; those that lead into another one of them go with it. */
export type RuleCommand =
  /** Puts another rule in the place of the one at `path`. */
  | { readonly kind: 'replace'; readonly path: Path; readonly rule: Rule }
  | { readonly kind: 'insert'; readonly place: Place; readonly rule: Rule }
  /** As `insert`, but the parts of a group go by themselves into a group of the same kind. */
  | { readonly kind: 'paste'; readonly place: Place; readonly rule: Rule }
  | { readonly kind: 'remove'; readonly paths: readonly Path[] }
  | { readonly kind: 'move'; readonly paths: readonly Path[]; readonly place: Place }
  | { readonly kind: 'duplicate'; readonly paths: readonly Path[] }
  /** A `not` of a `not` is none. */
  | { readonly kind: 'invert'; readonly paths: readonly Path[] }
  /** Puts nodes that stand together, or a single one, into a group of their own. */
  | { readonly kind: 'group'; readonly paths: readonly Path[]; readonly as: GroupKind }
  /** Takes away the border of the group that a node is or stands in. */
  | { readonly kind: 'ungroup'; readonly path: Path }
  /** Turns the group that a node is or stands in from `all` into `any`, or back. */
  | { readonly kind: 'turn'; readonly path: Path }

export type Applied = {
  readonly rule: Rule
  /** The command that, applied to `rule`, gives what was before. */
  readonly undo: RuleCommand
  /** What the command was about, where it is now. */
  readonly selected: readonly Path[]
}

/**
 * Why a command can't be done: it would exceed a limit, put a node into itself, group what doesn't stand together, or
 * there is nothing that it could change.
 */
export type Refusal = Excess | 'into_itself' | 'apart' | 'nothing'

/**
 * Applies a command to a rule; the rule given is not changed.
 * @returns the rule after it, or why the rule stays as it is
 * @throws RangeError when a path or an index of the command is not in the rule
 */
export function tryCommand(rule: Rule, command: RuleCommand): Applied | { readonly refused: Refusal } {
  for (const path of pathsIn(command)) {
    if (ruleAt(rule, path) === undefined) throw new RangeError(`There is no node at ${JSON.stringify(path)}`)
  }
  const outcome = outcomeOf(rule, command)
  if ('refused' in outcome) return outcome
  const excess = excessOf(outcome.rule)
  // What came from elsewhere with too much of something can still be made smaller.
  if (excess !== undefined && excessOf(rule) !== excess) return { refused: excess }
  const path = changedPath(rule, outcome.rule)
  return { ...outcome, undo: { kind: 'replace', path, rule: ruleAt(rule, path) ?? rule } }
}

/**
 * As {@link tryCommand}, for commands that are known to go.
 * @throws RangeError also when the command is refused
 */
export function applyCommand(rule: Rule, command: RuleCommand): Applied {
  const applied = tryCommand(rule, command)
  if ('refused' in applied) throw new RangeError(`The rule stays as it is: ${applied.refused}`)
  return applied
}

function pathsIn(command: RuleCommand): readonly Path[] {
  if ('path' in command) return [command.path]
  const places = 'place' in command ? [command.place.path] : []
  return 'paths' in command ? [...command.paths, ...places] : places
}

const NOTHING = { refused: 'nothing' } as const

function outcomeOf(rule: Rule, command: RuleCommand): Outcome | { readonly refused: Refusal } {
  switch (command.kind) {
    case 'replace':
      return { rule: withAt(rule, command.path, command.rule), selected: [command.path] }
    case 'insert':
      return inserted(rule, command.place, [command.rule])
    case 'paste':
      return pasted(rule, command.place, command.rule)
    case 'remove':
      return removed(rule, command.paths) ?? NOTHING
    case 'move':
      if (isInside(command.place, command.paths)) return { refused: 'into_itself' }
      return moved(rule, command.paths, command.place) ?? NOTHING
    case 'duplicate':
      return duplicated(rule, command.paths) ?? NOTHING
    case 'invert':
      return allInverted(rule, command.paths)
    case 'group': {
      const grouped = groupTogether(rule, outermost(rule, command.paths), command.as)
      return grouped ? { rule: grouped.rule, selected: [grouped.path] } : { refused: 'apart' }
    }
    case 'ungroup': {
      const path = groupOf(rule, command.path)
      const opened = path === undefined ? undefined : ungrouped(rule, path)
      return opened ? { rule: opened.rule, selected: opened.paths } : NOTHING
    }
    case 'turn': {
      const path = groupOf(rule, command.path)
      const next = path === undefined ? undefined : turned(rule, path)
      if (next === undefined || path === undefined) return NOTHING
      const same = ruleAt(next, command.path) !== undefined
      return { rule: next, selected: [same ? command.path : turnedPath(command.path, path)] }
    }
  }
}

/** Where a part of a group is when the group has become one of the other kind. */
function turnedPath(path: Path, group: Path): Path {
  const rest = path.slice(group.length)
  return `${group}${rest.startsWith('/all/') ? rest.replace('/all/', '/any/') : rest.replace('/any/', '/all/')}`
}

/** Inverts nodes that don't lead into one another. */
function allInverted(rule: Rule, paths: readonly Path[]): Outcome | { readonly refused: Refusal } {
  const nodes = outermost(rule, paths)
  if (nodes.length === 0) return NOTHING
  let next = rule
  const selected: Path[] = []
  for (const path of nodes) {
    const one = inverted(next, path)
    if (!one) continue
    next = one.rule
    selected.push(one.path)
  }
  return { rule: next, selected }
}
