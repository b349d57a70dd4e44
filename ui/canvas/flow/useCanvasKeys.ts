import { type RefObject, useEffect } from 'react'
import type { Direction } from './neighbour.ts'

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

export type CanvasKeys = {
  /** Asked before all others: says whether it took the key. */
  first(event: KeyboardEvent): boolean
  /** `extend` while Shift is held. */
  move(direction: Direction, extend: boolean): void
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
      const act = keys.first(event) ? () => {} : actOf(event, keys)
      if (!act) return
      event.preventDefault()
      act()
    }
    element.addEventListener('keydown', onKeyDown)
    return () => element.removeEventListener('keydown', onKeyDown)
  }, [canvas, keys])
}

function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, keys: CanvasKeys): (() => void) | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  const direction = ARROWS[key]
  if (direction) return () => keys.move(direction, shiftKey)
  if (key === '+' || key === '=') return () => keys.zoomIn()
  if (key === '-') return () => keys.zoomOut()
  if (key === '0') return () => keys.fit()
  if (key === 'Escape') return () => keys.leave()
  return undefined
}
