/**
 * What in a rule is surely not meant: nobody can pass, nobody is turned aside, the same twice, a group with nothing in
 * it. Pure logic over the rule alone; a warning is never wrong, and not everything that could be warned of is found.
 */
import { childrenOf, isCondition, isNot, type Path, type Rule } from './rule.ts'
import { Arrival, exclude } from './warnings/arrival.ts'
import { canonical } from './warnings/canonical.ts'
import type { Formula } from './warnings/claims.ts'
import { claimsOf } from './warnings/claimsOf.ts'

/**
 * `nobody_passes`: nobody of those who arrive at the node passes it; at the rule itself, nobody ever is in the segment.
 * `always_true`: everybody passes it, whoever arrives. `same_twice` is at the second one, `because` at the first.
 */
export type WarningKind = 'nobody_passes' | 'always_true' | 'same_twice' | 'empty_group'

/** `path` is the node with the `not` around it; `because` the earlier one that it contradicts or repeats. */
export type Warning = { readonly path: Path; readonly kind: WarningKind; readonly because?: Path }

/**
 * Everything that looks wrong in a rule, in reading order. The rule may be unfinished: a condition that lacks its value
 * says nothing yet.
 */
export function warningsOf(rule: Rule): Warning[] {
  const root = nodeOf(rule, '')
  const arrival = new Arrival()
  if (root.kind === 'condition' || root.parts.length === 0) return warningsAt(root, [], arrival)
  // whatever the reason is, what follows for the whole is said of the whole, too
  return [...verdictOn(root, [], arrival), ...warningsInside(root, [], arrival)]
}

/** A condition or group together with the `not` around it. */
type Node = {
  readonly path: Path
  readonly kind: 'all' | 'any' | 'condition'
  readonly parts: readonly Node[]
  readonly formula: Formula
  /** The same for nodes that ask the same. */
  readonly asked: string
}

function nodeOf(rule: Rule, path: Path): Node {
  let inner = rule
  let innerPath = path
  let inverted = false
  while (isNot(inner)) {
    inner = inner.not
    innerPath += '/not'
    inverted = !inverted
  }
  const parts = childrenOf(inner, innerPath).map((part) => nodeOf(part.rule, part.path))
  const formulas = parts.map((part) => part.formula)
  const kind = isCondition(inner) ? 'condition' : 'all' in inner ? 'all' : 'any'
  const formula = isCondition(inner) ? claimsOf(inner) : kind === 'all' ? { all: formulas } : { any: formulas }
  const asked = isCondition(inner) ? canonical(inner) : `${kind}(${parts.map((part) => part.asked).join()})`
  return {
    path,
    kind,
    parts,
    formula: inverted ? { not: formula } : formula,
    asked: inverted ? `not ${asked}` : asked,
  }
}

/**
 * @param before the nodes that everybody who arrives has passed
 * @param arrival what is known of them
 */
function warningsAt(node: Node, before: readonly Node[], arrival: Arrival): Warning[] {
  if (node.kind !== 'condition' && node.parts.length === 0) return [{ path: node.path, kind: 'empty_group' }]
  const inside = warningsInside(node, before, arrival)
  const verdict = verdictOn(node, before, arrival).filter(({ kind }) => !inside.some((other) => other.kind === kind))
  return [...verdict, ...inside]
}

/** Whether everybody passes a node, or nobody of those who arrive. */
function verdictOn(node: Node, before: readonly Node[], arrival: Arrival): Warning[] {
  if (!arrival.allows(node.formula)) return [nobodyPasses(node, before)]
  return exclude([{ not: node.formula }]) ? [{ path: node.path, kind: 'always_true' }] : []
}

function nobodyPasses(node: Node, before: readonly Node[]): Warning {
  const alone = exclude([node.formula])
  const because = alone ? undefined : before.find(({ formula }) => exclude([formula, node.formula]))
  return { path: node.path, kind: 'nobody_passes', ...(because === undefined ? {} : { because: because.path }) }
}

/** Those of the parts of a group; in an `all`, only who has passed the earlier ones arrives. */
function warningsInside({ kind, parts }: Node, before: readonly Node[], arrival: Arrival): Warning[] {
  const first = new Map<string, Node>()
  const passed = [...before]
  const arriving = new Arrival(arrival)
  let anybody = true
  return parts.flatMap((part): Warning[] => {
    const same = first.get(part.asked)
    if (same !== undefined) return [{ path: part.path, kind: 'same_twice', because: same.path }]
    first.set(part.asked, part)
    // that nobody arrives was said where it began
    if (!anybody) return []
    const found = warningsAt(part, passed, arriving)
    if (kind === 'all') {
      passed.push(part)
      anybody = arriving.narrow(part.formula)
    }
    return found
  })
}
