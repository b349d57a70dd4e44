import type { MjmlTree } from '../mjml/nodes.ts'
import type { Place } from '../mjml/outcome.ts'
import { blocksAt, childPath, elementAt, type Path } from '../mjml/walk.ts'
import type { Box, Measured } from './usePictureFrame.ts'

/** A place of the picture where a dragged block can be let go: a line between two blocks. */
export type Spot = { readonly place: Place; readonly box: Box; readonly upright: boolean }

const SIDE_BY_SIDE = new Set(['mj-section', 'mj-group', 'mj-social', 'mj-navbar'])
/** How thick the line is that shows a place. */
const THICK = 4

/** Where on the picture some places are. One whose surroundings are not in the picture is left out. */
export function spotsOf(tree: MjmlTree, places: readonly Place[], { boxes, height }: Measured, width: number): Spot[] {
  const whole: Box = { left: 0, top: 0, width, height }
  return places.flatMap(({ parent, index }) => {
    const holder = elementAt(tree, parent)
    const around = boxes.get(parent) ?? (holder?.name === 'mj-body' ? whole : undefined)
    if (!holder || !around) return []
    const siblings = blocksAt(tree, parent).map((_, at) => boxes.get(childPath(parent, at)))
    const before = siblings.slice(0, index).findLast((box) => box !== undefined)
    const after = siblings.slice(index).find((box) => box !== undefined)
    const upright = SIDE_BY_SIDE.has(holder.name) && isBeside(before, after)
    const box = upright ? uprightLine(around, before, after) : flatLine(around, before, after)
    return [{ place: { parent, index }, box, upright }]
  })
}

/** Columns that stand under one another, as on a phone, have their places between them, too. */
const isBeside = (before: Box | undefined, after: Box | undefined): boolean =>
  !before || !after || after.top < before.top + before.height / 2

function flatLine(around: Box, before: Box | undefined, after: Box | undefined): Box {
  const top = before ? before.top + before.height : after ? after.top : around.top + around.height / 2
  return { left: around.left, top: top - THICK / 2, width: around.width, height: THICK }
}

function uprightLine(around: Box, before: Box | undefined, after: Box | undefined): Box {
  const left = before ? before.left + before.width : after ? after.left : around.left + around.width / 2
  return { left: left - THICK / 2, top: around.top, width: THICK, height: around.height }
}

/** A place as the name of something it can be dropped on, and back. */
export const spotId = (where: 'picture' | 'outline', { parent, index }: Place): string => `${where} ${parent} ${index}`

export function placeOfSpot(id: string): Place | undefined {
  const [, parent = '', index] = /^(?:picture|outline) (\S*) (\d+)$/.exec(id) ?? []
  return index === undefined ? undefined : { parent, index: Number(index) }
}

/** The block that stands before a place, to say where it is. */
export const blockBefore = (place: Place): Path | undefined =>
  place.index === 0 ? undefined : childPath(place.parent, place.index - 1)
