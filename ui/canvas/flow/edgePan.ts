/** So near the edge of the canvas what is dragged moves it, in pixels. */
const ZONE = 56
/** How fast it moves at the very edge and beyond, in pixels for each drawn frame. */
const FASTEST = 16

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/**
 * How far a canvas moves in one frame while something is dragged at a point: not at all in the middle, faster the nearer
 * the edge. Towards the right edge it moves to the left, so that what is beyond the edge comes in.
 */
export function edgePan(canvas: Box, x: number, y: number): { x: number; y: number } {
  return { x: along(x, canvas.left, canvas.right), y: along(y, canvas.top, canvas.bottom) }
}

function along(at: number, from: number, to: number): number {
  // a canvas too small for two zones has none
  if (to - from < 3 * ZONE) return 0
  const share = (depth: number) => Math.min(Math.max(depth / ZONE, 0), 1)
  return Math.round(FASTEST * (share(from + ZONE - at) - share(at - (to - ZONE)))) || 0
}

/** So much of the ground beyond the last card may come into sight, in pixels. */
const BEYOND = 120

/**
 * Where a canvas is moved to, in one direction: by what was asked for, but not away from what is on it.
 *
 * @param at where its beginning stands now
 * @param extent from where to where something is on it, at this zoom
 * @param room how much of it can be seen
 */
export function movedWithin(at: number, by: number, extent: { from: number; to: number }, room: number): number {
  if (by < 0) return Math.min(at, Math.max(at + by, room - BEYOND - extent.to))
  return Math.max(at, Math.min(at + by, BEYOND - extent.from))
}
