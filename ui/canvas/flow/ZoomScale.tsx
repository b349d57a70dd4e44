import { useStore } from '@xyflow/react'
import { type RefObject, useLayoutEffect } from 'react'

/** Below this zoom there is no room for controls on the canvas. */
const SMALL = 0.55

/** How much larger than drawn small controls must be to stay as large on the screen; up to what there is room for. */
const unzoomOf = (zoom: number): number => Math.min(1.45, Math.max(1, Math.round((1 / zoom) * 20) / 20))

/** Tells the canvas's style how far it is zoomed out, without anything being drawn again. */
export function ZoomScale({ canvas }: { canvas: RefObject<HTMLElement | null> }) {
  const unzoom = useStore(({ transform }) => unzoomOf(transform[2]))
  const small = useStore(({ transform }) => transform[2] < SMALL)
  useLayoutEffect(() => {
    canvas.current?.style.setProperty('--unzoom', String(unzoom))
    canvas.current?.toggleAttribute('data-small', small)
  }, [canvas, unzoom, small])
  return null
}
