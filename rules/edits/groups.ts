import { isAll, isAny, isNot, type Path, type Rule } from '../rule.ts'
import { partsOf, ruleAt, stepTo, withAt, withParts } from './tree.ts'

export type GroupKind = 'all' | 'any'

const groupAs = (as: GroupKind, parts: readonly Rule[]): Rule => (as === 'any' ? { any: parts } : { all: parts })

/**
 * Puts nodes into a group of their own, in the place of the first one. Several must stand in the same group; one can
 * stand anywhere.
 * @param paths in reading order
 * @returns the rule and the pointer to the new group, or undefined when they don't stand together
 */
export function groupTogether(
  rule: Rule,
  paths: readonly Path[],
  as: GroupKind,
): { rule: Rule; path: Path } | undefined {
  const [first, ...others] = paths
  if (first === undefined) return undefined
  const node = ruleAt(rule, first)
  if (node === undefined) return undefined
  if (others.length === 0) return { rule: withAt(rule, first, groupAs(as, [node])), path: first }
  const step = stepTo(first)
  const above = step && ruleAt(rule, step.parent)
  const siblings = partsOf(above)
  if (step?.index === undefined || above === undefined || siblings === undefined) return undefined
  const steps = paths.map(stepTo)
  if (steps.some((one) => one?.parent !== step.parent)) return undefined
  const indices = new Set(steps.map((one) => one?.index))
  const group = groupAs(
    as,
    siblings.filter((_, index) => indices.has(index)),
  )
  const parts = siblings.flatMap((part, index) => (index === step.index ? [group] : indices.has(index) ? [] : [part]))
  return { rule: withAt(rule, step.parent, withParts(above, parts)), path: first }
}

/** The group that a node is, inverts, or stands in; undefined for a condition that stands in none. */
export function groupOf(rule: Rule, path: Path): Path | undefined {
  const node = ruleAt(rule, path)
  if (node === undefined) return undefined
  if (isAll(node) || isAny(node)) return path
  if (isNot(node) && partsOf(node.not)) return `${path}/not`
  for (let step = stepTo(path); step; step = stepTo(step.parent)) {
    if (step.index !== undefined) return step.parent
  }
  return undefined
}

/** The rule with the group at `path` turned from `all` into `any`, or back. */
export function turned(rule: Rule, path: Path): Rule | undefined {
  const node = ruleAt(rule, path)
  const parts = partsOf(node)
  return node && parts && withAt(rule, path, groupAs(isAny(node) ? 'all' : 'any', parts))
}

/**
 * Takes a group's border away: its parts take its place in the group that it stands in. Where there is none, or only
 * one part fits (under a `not`), one part takes its place and several become an `all`.
 * @returns the rule and the pointers to the parts, or undefined when that changes nothing
 */
export function ungrouped(rule: Rule, path: Path): { rule: Rule; paths: Path[] } | undefined {
  const node = ruleAt(rule, path)
  const parts = partsOf(node)
  if (!node || !parts || parts.length === 0) return undefined
  const step = stepTo(path)
  const above = step && ruleAt(rule, step.parent)
  const siblings = partsOf(above)
  if (step?.index !== undefined && above && siblings) {
    const { parent, index } = step
    const kind = isAny(above) ? 'any' : 'all'
    const next = withParts(above, siblings.toSpliced(index, 1, ...parts))
    return { rule: withAt(rule, parent, next), paths: parts.map((_, part) => `${parent}/${kind}/${index + part}`) }
  }
  const [only] = parts
  if (only && parts.length === 1 && !(path === '' && isAll(node))) {
    return { rule: withAt(rule, path, only), paths: [path] }
  }
  if (isAll(node)) return undefined
  return { rule: withAt(rule, path, groupAs('all', parts)), paths: parts.map((_, part) => `${path}/all/${part}`) }
}
