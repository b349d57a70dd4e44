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
  if (shape === 'spread') {
    const bent = { x: to.x, y: Math.min(from.y + BEND, to.y) }
    return {
      path: `M${from.x},${from.y}${bend(from, bent)}L${to.x},${to.y}`,
      pill: { x: to.x, y: to.y - PILL_DISTANCE },
    }
  }
  if (shape === 'gather') {
    const unbent = { x: from.x, y: Math.max(to.y - BEND, from.y) }
    return {
      path: `M${from.x},${from.y}L${unbent.x},${unbent.y}${bend(unbent, to)}`,
      pill: { x: from.x, y: from.y + PILL_DISTANCE },
    }
  }
  return { path: `M${from.x},${from.y}L${to.x},${to.y}`, pill: { x: to.x, y: (from.y + to.y) / 2 } }
}

/** Leaves and arrives upright, so that lines join cards and one another without a corner. */
function bend(from: Point, to: Point): string {
  const middle = (from.y + to.y) / 2
  return `C${from.x},${middle} ${to.x},${middle} ${to.x},${to.y}`
}

/** Points along a line, ends included: what tests and hit areas need of its course. */
export function pointsAlong(shape: LineShape, from: Point, to: Point, steps = 24): Point[] {
  const [start, end] =
    shape === 'spread'
      ? [from, { x: to.x, y: Math.min(from.y + BEND, to.y) }]
      : shape === 'gather'
        ? [{ x: from.x, y: Math.max(to.y - BEND, from.y) }, to]
        : [from, to]
  const curve = Array.from({ length: steps + 1 }, (_, index) => along(start, end, index / steps))
  return [from, ...curve, to]
}

/** A point of the bend at t in 0…1: a cubic curve whose inner control points stand at half height. */
function along(from: Point, to: Point, t: number): Point {
  const s = 1 - t
  const middle = (from.y + to.y) / 2
  return {
    x: from.x * (s ** 3 + 3 * s * s * t) + to.x * (3 * s * t * t + t ** 3),
    y: from.y * s ** 3 + middle * (3 * s * s * t + 3 * s * t * t) + to.y * t ** 3,
  }
}
