/**
 * Edits of a rule. Each is a command on the tree with its undoing, so that undo, comparison and the keyboard come from
 * one place and no view can make a tree that another view can't show.
 */
import { childrenOf, isAll, isAny, isNot, type Path, type Rule } from './rule.ts'

export type RuleCommand =
  /** Puts another rule in the place of the one at `path`. */
  | { readonly kind: 'replace'; readonly path: Path; readonly rule: Rule }
  /** Puts a rule into the `all` or `any` at `path`, so that it stands at `index` there. */
  | { readonly kind: 'insert'; readonly path: Path; readonly index: number; readonly rule: Rule }
  /** Takes out what stands at `index` in the `all` or `any` at `path`. */
  | { readonly kind: 'remove'; readonly path: Path; readonly index: number }

export type Applied = {
  readonly rule: Rule
  /** The command that, applied to `rule`, gives what was before. */
  readonly undo: RuleCommand
}

/** The node at a pointer; undefined when there is none. */
export function ruleAt(rule: Rule, path: Path): Rule | undefined {
  if (path === '') return rule
  const child = childrenOf(rule).find(({ path: step }) => path === step || path.startsWith(`${step}/`))
  return child && ruleAt(child.rule, path.slice(child.path.length))
}

/**
 * Applies a command to a rule; the rule given is not changed.
 * @throws RangeError when the command's path or index is not in the rule
 */
export function applyCommand(rule: Rule, command: RuleCommand): Applied {
  const { path } = command
  const at = ruleAt(rule, path)
  if (at === undefined) throw new RangeError(`There is no node at ${JSON.stringify(path)}`)
  switch (command.kind) {
    case 'replace':
      return { rule: withAt(rule, path, command.rule), undo: { kind: 'replace', path, rule: at } }
    case 'insert': {
      const children = partsOf(at, path)
      if (!(command.index >= 0 && command.index <= children.length)) throw outside(command.index, path)
      const next = children.toSpliced(command.index, 0, command.rule)
      return { rule: withAt(rule, path, withParts(at, next)), undo: { kind: 'remove', path, index: command.index } }
    }
    case 'remove': {
      const children = partsOf(at, path)
      const taken = children[command.index]
      if (taken === undefined) throw outside(command.index, path)
      const next = children.toSpliced(command.index, 1)
      return {
        rule: withAt(rule, path, withParts(at, next)),
        undo: { kind: 'insert', path, index: command.index, rule: taken },
      }
    }
  }
}

const outside = (index: number, path: Path): RangeError =>
  new RangeError(`There is no place ${index} in the group at ${JSON.stringify(path)}`)

function partsOf(rule: Rule, path: Path): readonly Rule[] {
  if (isAll(rule)) return rule.all
  if (isAny(rule)) return rule.any
  throw new RangeError(`The node at ${JSON.stringify(path)} is no group`)
}

const withParts = (group: Rule, parts: readonly Rule[]): Rule => (isAny(group) ? { any: parts } : { all: parts })

/** The rule with another node at `path`, which must exist; all that is not on the way there stays the same object. */
function withAt(rule: Rule, path: Path, next: Rule): Rule {
  if (path === '') return next
  const put = (child: Rule, step: Path): Rule =>
    path === step || path.startsWith(`${step}/`) ? withAt(child, path.slice(step.length), next) : child
  if (isNot(rule)) return { not: put(rule.not, '/not') }
  if (isAll(rule)) return { all: rule.all.map((child, index) => put(child, `/all/${index}`)) }
  if (isAny(rule)) return { any: rule.any.map((child, index) => put(child, `/any/${index}`)) }
  return rule
}
