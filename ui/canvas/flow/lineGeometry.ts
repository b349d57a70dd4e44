import type { LineShape } from './placed.ts'

/** The height of the band in which lines bend; nothing else may stand in it. */
export const BEND = 34

/** How far the number stands from the card that it belongs to. */
const PILL_DISTANCE = 17

export type Point = { readonly x: number; readonly y: number }

export type LineGeometry = {
  /** For the `d` of an SVG path. */
  readonly path: string
  /** Where the number of the line stands. */
  readonly pill: Point
}

/** The course of a line between two points, the lower one last. */
export function lineGeometry(shape: LineShape, from: Point, to: Point): LineGeometry {
  if (shape === 'straight') {
    return { path: `M${from.x},${from.y}L${to.x},${to.y}`, pill: { x: to.x, y: (from.y + to.y) / 2 } }
  }
  const [upper, lower] = bentPart(shape, from, to)
  if (shape === 'spread') {
    return {
      path: `M${from.x},${from.y}${bend(upper, lower)}L${to.x},${to.y}`,
      pill: { x: to.x, y: to.y - PILL_DISTANCE },
    }
  }
  return {
    path: `M${from.x},${from.y}L${upper.x},${upper.y}${bend(upper, lower)}`,
    pill: { x: from.x, y: from.y + PILL_DISTANCE },
  }
}

/** Where a line goes sideways: right below its beginning when it spreads, right above its end when it gathers. */
function bentPart(shape: Exclude<LineShape, 'straight'>, from: Point, to: Point): [upper: Point, lower: Point] {
  return shape === 'spread'
    ? [from, { x: to.x, y: Math.min(from.y + BEND, to.y) }]
    : [{ x: from.x, y: Math.max(to.y - BEND, from.y) }, to]
}

/** How round a bend is. */
const RADIUS = 15

/** Leaves and arrives upright, and goes across half-way between: lines of a fork share that part. */
function bend(from: Point, to: Point): string {
  const middle = (from.y + to.y) / 2
  const across = to.x - from.x
  const radius = Math.min(RADIUS, Math.abs(across) / 2, (to.y - from.y) / 2)
  if (radius < 1) return `L${to.x},${to.y}`
  const side = Math.sign(across) * radius
  return [
    `L${from.x},${middle - radius}`,
    `Q${from.x},${middle} ${from.x + side},${middle}`,
    `L${to.x - side},${middle}`,
    `Q${to.x},${middle} ${to.x},${middle + radius}`,
    `L${to.x},${to.y}`,
  ].join('')
}

/** The corners of a line's course, ends included; what it really does at a bend is on their inner side. */
export function cornersOf(shape: LineShape, from: Point, to: Point): Point[] {
  if (shape === 'straight') return [from, to]
  const [upper, lower] = bentPart(shape, from, to)
  const middle = (upper.y + lower.y) / 2
  return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to]
}
