import { isRaw } from '../blocks/blockKind.ts'
import { childrenOf } from '../mjml/elements.ts'
import type { MjmlNode, MjmlTree } from '../mjml/nodes.ts'
import type { Place } from '../mjml/outcome.ts'
import { blocksAt, childPath, isWithin, type Path, pathAt, placeOf } from '../mjml/walk.ts'
import { offsetOf } from '../preview/linePlace.ts'
import type { Remark } from '../preview/usePicture.ts'

/** A block as a line of the outline. */
export type OutlineRow = {
  readonly path: Path
  readonly node: MjmlNode
  readonly depth: number
  /** Whether other lines stand under it. */
  readonly holds: boolean
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number
  readonly siblings: number
}

/** Every block that the editor shows; what stands in one that it does not know is part of that one. */
export function outlineRows(tree: MjmlTree): OutlineRow[] {
  const rows: OutlineRow[] = []
  const visit = (parent: Path, depth: number): void => {
    const blocks = blocksAt(tree, parent)
    for (const [index, node] of blocks.entries()) {
      const path = childPath(parent, index)
      const isOpen = node.kind === 'element' && !isRaw(node) && childrenOf(node.name).length > 0
      const holds = isOpen && blocksAt(tree, path).length > 0
      rows.push({ path, node, depth, holds, position: index + 1, siblings: blocks.length })
      if (holds) visit(path, depth + 1)
    }
  }
  visit('', 0)
  return rows
}

/** The rows that are not in a folded one. */
export const rowsToSee = (rows: readonly OutlineRow[], folded: ReadonlySet<Path>): OutlineRow[] =>
  rows.filter(({ path }) => ![...folded].some((one) => path !== one && isWithin(path, one)))

/** The blocks in which something is wrong. */
export function wrongBlocks(tree: MjmlTree, remarks: readonly Remark[]): ReadonlySet<Path> {
  const shown = new Set(outlineRows(tree).map(({ path }) => path))
  const wrong = new Set<Path>()
  for (const { field, line, column, stops } of remarks) {
    if (field !== 'mjml' || line === undefined || !stops) continue
    let path = pathAt(tree, offsetOf(tree.source, line, column ?? 1))
    while (path !== '' && !shown.has(path)) path = placeOf(path)?.parent ?? ''
    wrong.add(path)
  }
  return wrong
}

/** Places between the rows: by the number of the row before which they stand, with how far they are set in. */
export function spotsAround(
  rows: readonly OutlineRow[],
  places: readonly Place[],
): Map<number, { place: Place; depth: number }[]> {
  const spots = new Map<number, { place: Place; depth: number }[]>()
  for (const place of places) {
    const holder = rows.findIndex(({ path }) => path === place.parent)
    const row = rows[holder]
    if (row === undefined) continue
    let at = holder + 1
    while (at < rows.length) {
      const { path = '' } = rows[at] ?? {}
      const child = isWithin(path, place.parent) ? Number(path.slice(place.parent.length + 1).split('.')[0]) : undefined
      if (child === undefined || child >= place.index) break
      at++
    }
    spots.set(at, [...(spots.get(at) ?? []), { place, depth: row.depth + 1 }])
  }
  // Where several end, the innermost comes first: as the source reads.
  for (const list of spots.values()) list.sort((one, other) => other.depth - one.depth)
  return spots
}
