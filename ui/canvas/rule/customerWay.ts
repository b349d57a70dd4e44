import { childrenOf, isAll, isAny, isNot, type Path, type Rule } from '../../../rules/rule.ts'
import type { CountRef } from '../layout/ruleFlow.ts'

/** The way of one customer through a rule: the nodes that they come to, and those that they pass. */
export type CustomerWay = { readonly reached: ReadonlySet<Path>; readonly passed: ReadonlySet<Path> }

/**
 * Follows a customer through a rule as the flow is drawn: down an `all` until the first part that does not hold, down
 * every way of an `any`, into a `not`.
 * @param holds whether each condition holds for the customer, by path; groups follow from theirs
 */
export function customerWay(rule: Rule, holds: ReadonlyMap<Path, boolean>): CustomerWay {
  const reached = new Set<Path>()
  const passed = new Set<Path>()

  function walk(node: Rule, path: Path): boolean {
    reached.add(path)
    const passes = passesThrough(node, path)
    if (passes) passed.add(path)
    return passes
  }

  function passesThrough(node: Rule, path: Path): boolean {
    const children = childrenOf(node, path)
    if (isAll(node)) return children.every((child) => walk(child.rule, child.path))
    if (isAny(node)) return children.map((child) => walk(child.rule, child.path)).includes(true)
    if (isNot(node)) return !children.map((child) => walk(child.rule, child.path)).includes(true)
    return holds.get(path) ?? false
  }

  walk(rule, '')
  return { reached, passed }
}

/** Whether the customer is among those whom a number counts. */
export function isCounted({ reached, passed }: CustomerWay, { path, of }: CountRef): boolean {
  if (!reached.has(path)) return false
  return of === 'in' || passed.has(path) === (of === 'yes')
}
