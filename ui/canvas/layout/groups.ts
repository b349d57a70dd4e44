import { childrenOf, isAll, isAny, isCondition, isNot, type Path, type Rule } from '../../../rules/rule.ts'

/** Whether a node is drawn as a group that can be folded into one card; a condition under `not` is a card already. */
const isFoldable = (rule: Rule): boolean => isAll(rule) || isAny(rule) || (isNot(rule) && !isCondition(rule.not))

/** The paths of all groups that can be folded, outer ones first. An `all` at the top is the flow itself. */
export function groupsOf(rule: Rule, path: Path = ''): Path[] {
  const within = childrenOf(rule, path).flatMap((child) => groupsOf(child.rule, child.path))
  return isFoldable(rule) && !(path === '' && isAll(rule)) ? [path, ...within] : within
}

/**
 * Which groups to fold so that a rule has at most so many cards: as many levels are open as there is room for, from the
 * outside in.
 */
export function foldToFit(rule: Rule, mostCards: number): Path[] {
  let cards = 1
  let closed = [{ rule, path: '' }]
  const folded: Path[] = []
  while (closed.length > 0) {
    const next: typeof closed = []
    for (const group of closed) {
      const parts = childrenOf(group.rule, group.path)
      if (group.path !== '' && cards - 1 + parts.length > mostCards) {
        folded.push(group.path)
        continue
      }
      cards += parts.length - 1
      next.push(...parts.filter((part) => isFoldable(part.rule)))
    }
    closed = next
  }
  return folded
}
