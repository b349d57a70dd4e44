/** Ways around in the tree of a rule, and other trees made from one. Nothing given is ever changed. */
import { childrenOf, isAll, isAny, isNot, type Path, type Rule } from '../rule.ts'

/** Where a node stands in the node above it; `index` is undefined under a `not`. */
export type Step = { readonly parent: Path; readonly index: number | undefined }

/** The node at a pointer; undefined when there is none. */
export function ruleAt(rule: Rule, path: Path): Rule | undefined {
  if (path === '') return rule
  const child = childrenOf(rule).find(({ path: step }) => path === step || path.startsWith(`${step}/`))
  return child && ruleAt(child.rule, path.slice(child.path.length))
}

/** Whether a pointer leads to a node or into it. */
export const isWithin = (path: Path, ancestor: Path): boolean => path === ancestor || path.startsWith(`${ancestor}/`)

/** The last step on the way to a node; undefined for the rule itself. */
export function stepTo(path: Path): Step | undefined {
  const [, parent, index] = /^(.*)\/(?:not|(?:all|any)\/(\d+))$/.exec(path) ?? []
  if (parent === undefined) return undefined
  return { parent, index: index === undefined ? undefined : Number(index) }
}

/** The parts of an `all` or `any`; undefined for another node. */
export function partsOf(rule: Rule | undefined): readonly Rule[] | undefined {
  if (rule === undefined) return undefined
  if (isAll(rule)) return rule.all
  return isAny(rule) ? rule.any : undefined
}

/** A group of the same kind with other parts. */
export const withParts = (group: Rule, parts: readonly Rule[]): Rule => (isAny(group) ? { any: parts } : { all: parts })

/** The rule with another node at `path`, which must exist; all that is not on the way there stays the same object. */
export function withAt(rule: Rule, path: Path, next: Rule): Rule {
  if (path === '') return next
  const put = (child: Rule, step: Path): Rule =>
    isWithin(path, step) ? withAt(child, path.slice(step.length), next) : child
  if (isNot(rule)) return { not: put(rule.not, '/not') }
  if (isAll(rule)) return { all: rule.all.map((child, index) => put(child, `/all/${index}`)) }
  if (isAny(rule)) return { any: rule.any.map((child, index) => put(child, `/any/${index}`)) }
  return rule
}

/** The pointers in the order in which the tree is read, without those that lead into another one of them. */
export function outermost(rule: Rule, paths: readonly Path[], path: Path = ''): Path[] {
  if (paths.includes(path)) return [path]
  return childrenOf(rule, path).flatMap((child) => outermost(child.rule, paths, child.path))
}

/** Where objects stand in a rule, by identity and in reading order. */
export function pathsOf(rule: Rule, wanted: ReadonlySet<Rule>, path: Path = ''): Path[] {
  const within = childrenOf(rule, path).flatMap((child) => pathsOf(child.rule, wanted, child.path))
  return wanted.has(rule) ? [path, ...within] : within
}

/** The smallest node that holds everything in which two rules differ; both have one at its pointer. */
export function changedPath(before: Rule, after: Rule, path: Path = ''): Path {
  const olds = childrenOf(before, path)
  const news = childrenOf(after, path)
  if (olds.length !== news.length) return path
  const pairs = olds.flatMap((old, index) => {
    const next = news[index]
    return next && next.rule !== old.rule ? [{ old, next }] : []
  })
  const [pair] = pairs
  return pairs.length === 1 && pair && pair.old.path === pair.next.path
    ? changedPath(pair.old.rule, pair.next.rule, pair.old.path)
    : path
}

/** Where the attention goes when a node is gone: what took its place, else the one before it, else what it stood in. */
export function nearestPath(rule: Rule, path: Path): Path {
  if (ruleAt(rule, path) !== undefined) return path
  const step = stepTo(path)
  if (!step) return ''
  const { parent, index } = step
  const parts = partsOf(ruleAt(rule, parent))
  if (index === undefined || !parts || parts.length === 0) return nearestPath(rule, parent)
  const kind = path.slice(parent.length, path.lastIndexOf('/'))
  const beside = `${parent}${kind}/${Math.min(index, parts.length - 1)}`
  return ruleAt(rule, beside) === undefined ? nearestPath(rule, parent) : beside
}
