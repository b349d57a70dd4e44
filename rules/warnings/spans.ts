/**
 * A set of numbers as the places where one goes into it and out of it by turns, from the smallest number up. Each place
 * lies just before or just after a number.
 */
export type Spans = readonly Edge[]
type Edge = { readonly at: number; readonly after: boolean }

export const EVERY_NUMBER: Spans = [{ at: Number.NEGATIVE_INFINITY, after: false }]
export const NO_NUMBER: Spans = []

/** The numbers from one to another, both included; infinite ones for no end. */
export const between = (from: number, to: number): Spans =>
  from > to
    ? NO_NUMBER
    : [{ at: from, after: false }, ...(to === Number.POSITIVE_INFINITY ? [] : [{ at: to, after: true }])]

export const inBoth = (one: Spans, other: Spans): Spans => combined(one, other, (a, b) => a && b)
export const inEither = (one: Spans, other: Spans): Spans => combined(one, other, (a, b) => a || b)
export const notIn = (spans: Spans): Spans => combined(EVERY_NUMBER, spans, (a, b) => a && !b)

/** The whole numbers of a set, as the set of what lies from each of them to the next: so that no fraction is left in it. */
export function wholeOf(spans: Spans): Spans {
  const moved = spans.map(({ at, after }) => ({ at: after ? Math.floor(at) + 1 : Math.ceil(at), after: false }))
  return combined(moved, NO_NUMBER, (a) => a)
}

const isBefore = (one: Edge, other: Edge): boolean =>
  one.at < other.at || (one.at === other.at && !one.after && other.after)

/** @param keep of what is in neither, nothing may be kept */
function combined(one: Spans, other: Spans, keep: (inOne: boolean, inOther: boolean) => boolean): Spans {
  const edges: Edge[] = []
  let inside = false
  let ones = 0
  let others = 0
  while (ones < one.length || others < other.length) {
    const [a, b] = [one[ones], other[others]]
    const edge = a === undefined || (b !== undefined && isBefore(b, a)) ? b : a
    if (edge === undefined) break
    const isHere = (candidate: Edge | undefined) =>
      candidate !== undefined && candidate.at === edge.at && candidate.after === edge.after
    while (isHere(one[ones])) ones += 1
    while (isHere(other[others])) others += 1
    // an odd number of edges passed is inside
    const next = keep(ones % 2 === 1, others % 2 === 1)
    if (next !== inside) edges.push(edge)
    inside = next
  }
  return edges
}
