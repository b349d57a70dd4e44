import { changeCost, costOf } from './costs.ts'
import { inPostorder, type Part } from './tree.ts'

/** A tree in postorder with, for each node, the index of its leftmost leaf. */
type Ordered = { readonly parts: readonly Part[]; readonly leftmost: readonly number[] }

function orderedOf(root: Part): Ordered {
  const parts = inPostorder(root)
  const index = new Map(parts.map((part, at) => [part, at]))
  const leftmostOf = (part: Part): Part => (part.parts[0] === undefined ? part : leftmostOf(part.parts[0]))
  return { parts, leftmost: parts.map((part) => index.get(leftmostOf(part)) ?? 0) }
}

/** The nodes that have a left sibling, and the root: one for each chain of first children. */
function keyNodes({ leftmost }: Ordered): number[] {
  const last = new Map(leftmost.map((leaf, at) => [leaf, at]))
  return [...last.values()].sort((a, b) => a - b)
}

/**
 * Which parts of a rule became which parts of another one, so that the change between them is the least: the tree edit
 * distance of Zhang and Shasha (SIAM J. Comput. 18, 1989), with the mapping traced back. Parts that have no
 * counterpart were taken out or put in.
 */
export function match(before: Part, after: Part): ReadonlyMap<Part, Part> {
  const [one, other] = [orderedOf(before), orderedOf(after)]
  const change = changeCost(one.parts, other.parts)
  const width = other.parts.length + 1
  const trees = new Int32Array(one.parts.length * other.parts.length)
  const forests = new Int32Array((one.parts.length + 1) * width)

  const at = <Item>(items: readonly Item[], index: number): Item => {
    const item = items[index]
    if (item === undefined) throw new RangeError(`No node ${index}`)
    return item
  }
  const forest = (i: number, j: number): number => forests[i * width + j] ?? 0
  const tree = (i: number, j: number): number => trees[i * other.parts.length + j] ?? 0

  /** Fills `forests` for the subtrees of two nodes: entry (i, j) is about the parts before i and j, from the leftmost on. */
  function compareSubtrees(root: number, otherRoot: number): void {
    const [left, otherLeft] = [at(one.leftmost, root), at(other.leftmost, otherRoot)]
    forests[left * width + otherLeft] = 0
    for (let i = left; i <= root; i += 1) {
      forests[(i + 1) * width + otherLeft] = forest(i, otherLeft) + costOf(at(one.parts, i))
    }
    for (let j = otherLeft; j <= otherRoot; j += 1) {
      forests[left * width + j + 1] = forest(left, j) + costOf(at(other.parts, j))
    }
    for (let i = left; i <= root; i += 1) {
      for (let j = otherLeft; j <= otherRoot; j += 1) {
        const whole = at(one.leftmost, i) === left && at(other.leftmost, j) === otherLeft
        const kept = whole
          ? forest(i, j) + change(at(one.parts, i), at(other.parts, j))
          : forest(at(one.leftmost, i), at(other.leftmost, j)) + tree(i, j)
        const out = forest(i, j + 1) + costOf(at(one.parts, i))
        const put = forest(i + 1, j) + costOf(at(other.parts, j))
        const least = Math.min(kept, out, put)
        forests[(i + 1) * width + j + 1] = least
        if (whole) trees[i * other.parts.length + j] = least
      }
    }
  }

  for (const i of keyNodes(one)) for (const j of keyNodes(other)) compareSubtrees(i, j)

  const mapping = new Map<Part, Part>()
  const open: Array<[number, number]> = [[one.parts.length - 1, other.parts.length - 1]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [root, otherRoot] = pair
    const [left, otherLeft] = [at(one.leftmost, root), at(other.leftmost, otherRoot)]
    compareSubtrees(root, otherRoot)
    let [i, j] = [root, otherRoot]
    while (i >= left && j >= otherLeft) {
      const here = forest(i + 1, j + 1)
      if (here === forest(i, j + 1) + costOf(at(one.parts, i))) i -= 1
      else if (here === forest(i + 1, j) + costOf(at(other.parts, j))) j -= 1
      else if (at(one.leftmost, i) === left && at(other.leftmost, j) === otherLeft) {
        mapping.set(at(one.parts, i), at(other.parts, j))
        i -= 1
        j -= 1
      } else {
        open.push([i, j])
        ;[i, j] = [at(one.leftmost, i) - 1, at(other.leftmost, j) - 1]
      }
    }
  }
  return mapping
}
