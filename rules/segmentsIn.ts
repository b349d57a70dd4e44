import { isCondition, nodesOf, type Path, type Rule } from './rule.ts'

/** The segments that a rule asks for by their keys, with the pointers to the conditions that do. */
export function segmentsIn(rule: Rule): { key: string; path: Path }[] {
  return nodesOf(rule).flatMap(({ rule: node, path }) =>
    isCondition(node) && node.fact === 'segment' ? [{ key: String(node.value), path }] : [],
  )
}

/**
 * The way from a segment to another one, both included, each asking for the next; undefined when there is none.
 *
 * @param asked the keys of the segments that a segment's rule asks for
 */
export function wayBetween(
  from: string,
  to: string,
  asked: (key: string) => readonly string[],
  seen = new Set<string>(),
): string[] | undefined {
  if (from === to) return [from]
  if (seen.has(from)) return undefined
  seen.add(from)
  for (const next of asked(from)) {
    const way = wayBetween(next, to, asked, seen)
    if (way !== undefined) return [from, ...way]
  }
  return undefined
}
