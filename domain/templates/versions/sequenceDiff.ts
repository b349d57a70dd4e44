export type Step<Item> = { kind: 'same' | 'added' | 'removed'; item: Item; before: number; after: number }

/** Beyond so many comparisons what is in the middle counts as replaced as a whole. */
const MOST = 4_000_000

/**
 * The shortest way from one sequence to another: what stays, goes and comes, in order. `before` and `after` are the places
 * in the two sequences.
 */
export function sequenceDiff<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): Step<Item>[] {
  const a = before.map(keyOf)
  const b = after.map(keyOf)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let tail = 0
  while (tail < a.length - start && tail < b.length - start && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1
  const steps: Step<Item>[] = []
  const push = (kind: Step<Item>['kind'], at: number, other: number) => {
    const item = kind === 'added' ? after[other] : before[at]
    if (item !== undefined) steps.push({ kind, item, before: at, after: other })
  }
  for (let at = 0; at < start; at++) push('same', at, at)
  const middle = common(a.slice(start, a.length - tail), b.slice(start, b.length - tail))
  let [at, other] = [start, start]
  for (const [x, y] of [...middle, [a.length - tail - start, b.length - tail - start] as const]) {
    while (at < start + x) push('removed', at++, other)
    while (other < start + y) push('added', at, other++)
    if (at < a.length - tail && other < b.length - tail) push('same', at++, other++)
  }
  for (let left = tail; left > 0; left--) push('same', a.length - left, b.length - left)
  return steps
}

/** The places of a longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length * b.length > MOST || a.length === 0 || b.length === 0) return []
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const [down = 0, right = 0, both = 0] = [
        lengths[(i + 1) * width + j],
        lengths[i * width + j + 1],
        lengths[(i + 1) * width + j + 1],
      ]
      lengths[i * width + j] = a[i] === b[j] ? both + 1 : Math.max(down, right)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1
    else j += 1
  }
  return pairs
}
