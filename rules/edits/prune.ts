import { childrenOf, isAll, isNot, type Path, type Rule } from '../rule.ts'
import { outermost, ruleAt, withAt, withParts } from './tree.ts'

/** The rule with a hole in the place of each node: all other pointers stay what they are. */
export function withHoles(rule: Rule, paths: readonly Path[]): { rule: Rule; holes: ReadonlySet<Rule>; taken: Rule[] } {
  const taken: Rule[] = []
  const holes = new Set<Rule>()
  let holed = rule
  for (const path of outermost(rule, paths)) {
    const node = ruleAt(rule, path)
    if (node === undefined) continue
    const hole: Rule = { fact: 'hole', is: 'hole' }
    taken.push(node)
    holes.add(hole)
    holed = withAt(holed, path, hole)
  }
  return { rule: holed, holes, taken }
}

/**
 * The rule without its holes. A group that loses parts and has none left goes as well, one that has a single part left
 * gives way to it; what a `not` inverts takes the `not` with it. The rule itself stays an `all`, which may be empty.
 */
export function withoutHoles(rule: Rule, holes: ReadonlySet<Rule>): Rule {
  const next = closed(rule, holes)
  if (next === undefined) return { all: [] }
  const lost = isAll(rule) && rule.all.some((part) => closed(part, holes) === undefined)
  return lost && !isAll(next) ? { all: [next] } : next
}

/** The node without holes, the same object when it has none; undefined when nothing is left of it. */
function closed(rule: Rule, holes: ReadonlySet<Rule>): Rule | undefined {
  if (holes.has(rule)) return undefined
  const children = childrenOf(rule)
  const left = children.map((child) => closed(child.rule, holes))
  if (left.every((child, index) => child === children[index]?.rule)) return rule
  const parts = left.filter((child) => child !== undefined)
  const [first] = parts
  if (first === undefined) return undefined
  if (isNot(rule)) return { not: first }
  return parts.length === 1 && children.length > 1 ? first : withParts(rule, parts)
}
