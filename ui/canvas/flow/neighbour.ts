import type { Placed, PlacedLine, PlacedNode } from './placed.ts'

export type Direction = 'up' | 'down' | 'left' | 'right'

/**
 * Where an arrow key leads from a card: up and down along the lines (to the first of several), left and right to the
 * nearest card at the same height.
 * @param reachable ids of the cards that can have the focus
 * @returns its id, or undefined at the border
 */
export function neighbourOf(
  placed: Placed<PlacedNode, PlacedLine>,
  reachable: ReadonlySet<string>,
  id: string,
  direction: Direction,
): string | undefined {
  const here = placed.nodes.find((node) => node.id === id)
  if (!here) return undefined
  if (direction === 'up' || direction === 'down') return along(placed, reachable, id, direction)
  const side = direction === 'left' ? -1 : 1
  const middle = (node: PlacedNode): number => node.x + node.width / 2
  const beside = placed.nodes.filter(
    (node) =>
      reachable.has(node.id) &&
      node.y < here.y + here.height &&
      here.y < node.y + node.height &&
      (middle(node) - middle(here)) * side > 0,
  )
  return beside.toSorted((a, b) => (middle(a) - middle(b)) * side)[0]?.id
}

/** Follows lines until a card that can have the focus. A card no line leads on from hands over to the next one below. */
function along(
  { nodes, lines }: Placed<PlacedNode, PlacedLine>,
  reachable: ReadonlySet<string>,
  id: string,
  direction: 'up' | 'down',
): string | undefined {
  const seen = new Set([id])
  let at = [id]
  while (at.length > 0) {
    const next = at.flatMap((from) =>
      direction === 'down'
        ? lines.filter((line) => line.source === from).map((line) => line.target)
        : lines.filter((line) => line.target === from).map((line) => line.source),
    )
    const found = next.find((candidate) => reachable.has(candidate))
    if (found !== undefined) return found
    at = next.filter((candidate) => !seen.has(candidate))
    for (const candidate of at) seen.add(candidate)
  }
  const order = nodes.filter((node) => reachable.has(node.id)).map((node) => node.id)
  return order[order.indexOf(id) + (direction === 'down' ? 1 : -1)]
}
