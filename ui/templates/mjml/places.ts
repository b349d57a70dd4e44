import { CONTENT, childrenOf, mayHold } from './elements.ts'
import { isWhole, type MjmlElement, type MjmlTree } from './nodes.ts'
import type { Place } from './outcome.ts'
import { allBlocks, blocksAt, childPath, elementAt, findElement, isWithin, type Path, placeOf } from './walk.ts'

const isContent = (name: string): boolean => CONTENT.includes(name)
const column = (mjml: string): string => `<mj-column>\n  ${indented(mjml)}\n</mj-column>`
const section = (mjml: string): string => `<mj-section>\n  ${indented(mjml)}\n</mj-section>`
const indented = (mjml: string): string => mjml.replaceAll('\n', '\n  ')

/**
 * MJML as it can stand in an element: as it is, or within the section and column that it needs there.
 * @param name the element that it begins with
 * @returns undefined where it can't stand
 */
export function fitted(parent: string, name: string, mjml: string): string | undefined {
  if (mayHold(parent, name)) return mjml
  if (parent === 'mj-section' && isContent(name)) return column(mjml)
  if ((parent === 'mj-body' || parent === 'mj-wrapper') && name === 'mj-column') return section(mjml)
  if ((parent === 'mj-body' || parent === 'mj-wrapper') && isContent(name)) return section(column(mjml))
  return undefined
}

/** Whether blocks can be put into an element. */
const isOpen = (element: MjmlElement): boolean =>
  isWhole(element) && !element.opaque && childrenOf(element.name).length > 0

/** Every place of the body where an element could stand, in reading order; without those in `moving` and beside it. */
export function placesFor(tree: MjmlTree, name: string, moving?: Path): Place[] {
  const body = findElement(tree, 'mj-body')
  if (body === undefined) return []
  const from = moving === undefined ? undefined : placeOf(moving)
  const places: Place[] = []
  for (const { node, path } of allBlocks(tree)) {
    if (node.kind !== 'element' || !isWithin(path, body) || !isOpen(node)) continue
    if (moving !== undefined && isWithin(path, moving)) continue
    const fits = moving === undefined ? fitted(node.name, name, '') !== undefined : mayHold(node.name, name)
    if (!fits) continue
    for (let index = 0; index <= blocksAt(tree, path).length; index++) {
      if (from && from.parent === path && (index === from.index || index === from.index + 1)) continue
      places.push({ parent: path, index })
    }
  }
  return places
}

/**
 * Where something new goes when nobody says where: into what is selected if that can hold it, else after it, or after
 * what it stands in; at the end of the body when nothing is selected.
 */
export function placeAfter(tree: MjmlTree, selected: Path, name: string): Place | undefined {
  const body = findElement(tree, 'mj-body')
  if (body === undefined) return undefined
  const start = selected !== '' && isWithin(selected, body) ? selected : body
  const holder = elementAt(tree, start)
  if (holder && isOpen(holder) && (mayHold(holder.name, name) || (start === body && fitted(holder.name, name, '')))) {
    return { parent: start, index: blocksAt(tree, start).length }
  }
  // A section that is picked takes what a column holds into its last column.
  if (holder?.name === 'mj-section' && isContent(name)) {
    const columns = blocksAt(tree, start)
    const last = columns.findLastIndex((node) => node.kind === 'element' && node.name === 'mj-column')
    if (last >= 0) return placeAfter(tree, childPath(start, last), name)
  }
  for (let path = start; path !== body; ) {
    const place = placeOf(path)
    if (!place) break
    const parent = elementAt(tree, place.parent)
    if (parent && isOpen(parent) && mayHold(parent.name, name)) return { parent: place.parent, index: place.index + 1 }
    if (place.parent === body && parent && fitted(parent.name, name, '') !== undefined)
      return { parent: body, index: place.index + 1 }
    path = place.parent
  }
  return undefined
}

/** The next place for a block in a direction, for moving it by keys: past its neighbour, or into the holder beside. */
export function placeBeside(tree: MjmlTree, path: Path, direction: 'up' | 'down'): Place | undefined {
  const element = elementAt(tree, path)
  const from = placeOf(path)
  if (!from) return undefined
  const places = placesFor(tree, element?.name ?? '', path)
  const own = placesInOrder(tree, places)
  const start = element?.start ?? 0
  return direction === 'down'
    ? own.find(({ position }) => position > start)?.place
    : own.findLast(({ position }) => position < start)?.place
}

function placesInOrder(tree: MjmlTree, places: readonly Place[]): { place: Place; position: number }[] {
  return places
    .map((place) => ({ place, position: positionOf(tree, place) }))
    .sort((one, other) => one.position - other.position)
}

/** Where in the source a place is. */
export function positionOf(tree: MjmlTree, { parent, index }: Place): number {
  const siblings = blocksAt(tree, parent)
  const before = siblings[index - 1]
  return before?.end ?? elementAt(tree, parent)?.content.start ?? 0
}
