/** React Flow's viewport: where the point (0, 0) of the canvas stands in the window, and how large everything is. */
export type View = { readonly x: number; readonly y: number; readonly zoom: number }

type Size = { readonly width: number; readonly height: number }

/** Below this, the smallest text of a card (13 px) would be under 11 px. */
export const READABLE_ZOOM = 0.85

const MARGIN = 14

/** Whether a content can be seen as a whole, in the opening view, without being too small to read. */
export const isReadable = (content: Size, window: Size): boolean =>
  content.height * READABLE_ZOOM <= window.height - 2 * MARGIN &&
  content.width * READABLE_ZOOM <= window.width - 2 * MARGIN

/**
 * The view in which a canvas opens: everything, not larger than life, but not smaller than can be read either; what
 * does not fit then is below and beside, the middle of the top stays.
 * @param smallest 0 to see everything, whatever it costs in size
 * @param content its left border; x = 0 is its middle line, which stays in the middle of a window it does not fit
 */
export function openingView(content: Size & { left: number }, window: Size, smallest = READABLE_ZOOM): View {
  const fit = Math.min(
    (window.width - 2 * MARGIN) / Math.max(1, content.width),
    (window.height - 2 * MARGIN) / Math.max(1, content.height),
  )
  const zoom = Math.min(1, Math.max(smallest, fit))
  const fitsWidth = content.width * zoom <= window.width - 2 * MARGIN + 1
  const x = fitsWidth ? (window.width - content.width * zoom) / 2 - content.left * zoom : window.width / 2
  const y = Math.max(MARGIN, Math.min((window.height - content.height * zoom) / 2, 40))
  return { x, y, zoom }
}
