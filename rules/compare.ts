/** What changed between two versions of a rule, as what a person would say was done. */
import { match } from './compare/match.ts'
import { inPostorder, type Part, partOf } from './compare/tree.ts'
import type { Path, Rule } from './rule.ts'

/** A part of one of the two rules, with the `not` around it. */
export type Place = { readonly path: Path; readonly rule: Rule }

export type Change =
  /** Conditions and groups that are new; a group with all that is in it. */
  | { readonly kind: 'added'; readonly after: Place }
  | { readonly kind: 'removed'; readonly before: Place }
  /** A condition asks with other words. */
  | { readonly kind: 'changed'; readonly before: Place; readonly after: Place }
  | { readonly kind: 'inverted'; readonly before: Place; readonly after: Place }
  /** A group of `all` became one of `any`, or back. */
  | { readonly kind: 'turned'; readonly before: Place; readonly after: Place }
  /** The same at another place. */
  | { readonly kind: 'moved'; readonly before: Place; readonly after: Place }
  /** A border was drawn around parts that were there, or taken away. */
  | { readonly kind: 'grouped'; readonly after: Place }
  | { readonly kind: 'ungrouped'; readonly before: Place }

/**
 * The least change between two rules: what is in the later one first, in its reading order, then what is gone.
 *
 * @returns nothing for rules that say the same; how a rule is written (a `not` of a `not`, a group of one part, an `all`
 *   in an `all`) makes no difference
 */
export function compareRules(before: Rule, after: Rule): Change[] {
  const [one, other] = [partOf(before), partOf(after)]
  if (one.asked === other.asked) return []
  const mapping = match(one, other)
  const kept = new Set(mapping.values())
  const gone = wholesOf(one, (part) => mapping.has(part))
  const come = wholesOf(other, (part) => kept.has(part))
  const moves = pairEqual(gone, come)
  const movedFrom = new Set(moves.values())

  const later = new Map<Part, Change[]>()
  const note = (part: Part, ...changes: Change[]) => later.set(part, [...(later.get(part) ?? []), ...changes])
  for (const [from, to] of mapping) note(to, ...changesBetween(from, to))
  for (const [to, from] of moves) note(to, { kind: 'moved', before: placeOf(from), after: placeOf(to) })
  for (const part of come) if (!moves.has(part)) note(part, { kind: 'added', after: placeOf(part) })
  for (const part of bordersOf(other, kept)) note(part, { kind: 'grouped', after: placeOf(part) })
  return [
    ...inReadingOrder(other).flatMap((part) => later.get(part) ?? []),
    ...gone.filter((part) => !movedFrom.has(part)).map((part): Change => ({ kind: 'removed', before: placeOf(part) })),
    ...bordersOf(one, new Set(mapping.keys())).map((part): Change => ({ kind: 'ungrouped', before: placeOf(part) })),
  ]
}

const placeOf = ({ path, rule }: Part): Place => ({ path, rule })

const inReadingOrder = (part: Part): Part[] => [part, ...part.parts.flatMap(inReadingOrder)]

function changesBetween(from: Part, to: Part): Change[] {
  const both = { before: placeOf(from), after: placeOf(to) }
  const inverted = from.inverted !== to.inverted
  if (from.condition === undefined) {
    const turned = from.kind !== to.kind
    if (turned && inverted) return [{ kind: 'changed', ...both }]
    return turned ? [{ kind: 'turned', ...both }] : inverted ? [{ kind: 'inverted', ...both }] : []
  }
  if (from.asked === to.asked) return []
  const same = from.asked.replace(/^not /, '') === to.asked.replace(/^not /, '')
  return [{ kind: same ? 'inverted' : 'changed', ...both }]
}

/** The largest parts of which nothing was kept. */
function wholesOf(root: Part, isKept: (part: Part) => boolean): Part[] {
  const holdsKept = (part: Part): boolean => isKept(part) || part.parts.some(holdsKept)
  const walk = (part: Part): Part[] => (holdsKept(part) ? part.parts.flatMap(walk) : [part])
  return walk(root)
}

/** Groups that are new (or gone) around parts that were kept; not those that mean nothing, as an `all` in an `all`. */
function bordersOf(root: Part, kept: ReadonlySet<Part>): Part[] {
  const walk = (part: Part, around: Part['kind']): Part[] => {
    const means = part.inverted || part.kind !== around
    const isBorder = !kept.has(part) && means && inPostorder(part).some((inner) => kept.has(inner))
    return [...(isBorder ? [part] : []), ...part.parts.flatMap((inner) => walk(inner, part.kind))]
  }
  return walk(root, 'all')
}

/** Parts that are gone here and the same ones that have come there: from the latter to the former. */
function pairEqual(gone: readonly Part[], come: readonly Part[]): Map<Part, Part> {
  const left = [...gone]
  return new Map(
    come.flatMap((part): [Part, Part][] => {
      const at = left.findIndex(({ asked }) => asked === part.asked)
      const [found] = at === -1 ? [] : left.splice(at, 1)
      return found === undefined ? [] : [[part, found]]
    }),
  )
}
