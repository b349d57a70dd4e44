import { type RefObject, useEffect } from 'react'
import type { Direction } from './neighbour.ts'

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

export type CanvasKeys = {
  move(direction: Direction): void
  zoomIn(): void
  zoomOut(): void
  fit(): void
  leave(): void
}

/** The keys of a canvas: arrows from card to card, + − 0 for the zoom, Escape. Enter is the focused card's own. */
export function useCanvasKeys(canvas: RefObject<HTMLElement | null>, keys: CanvasKeys): void {
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const act = actOf(event.key, keys)
      if (!act) return
      event.preventDefault()
      act()
    }
    element.addEventListener('keydown', onKeyDown)
    return () => element.removeEventListener('keydown', onKeyDown)
  }, [canvas, keys])
}

function actOf(key: string, keys: CanvasKeys): (() => void) | undefined {
  const direction = ARROWS[key]
  if (direction) return () => keys.move(direction)
  if (key === '+' || key === '=') return () => keys.zoomIn()
  if (key === '-') return () => keys.zoomOut()
  if (key === '0') return () => keys.fit()
  if (key === 'Escape') return () => keys.leave()
  return undefined
}
