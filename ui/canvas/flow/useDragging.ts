import { type RefObject, useEffect } from 'react'
import { edgePan } from './edgePan.ts'
import { nearestSpot, type SpotBox, spotBoxes } from './spotBoxes.ts'
import type { CanvasSpots } from './spots.ts'

/** So far a pointer moves before it is a drag and no click, in pixels. */
const SLACK = 6

/** `x` and `y` are where it began until it is lifted, then where the pointer is. */
type Drag = { card: string; pointer: number; x: number; y: number; boxes: readonly SpotBox[] | undefined }

/**
 * Moving a card by mouse or pen: lifted when the pointer has left its place, let go at the nearest place that is shown,
 * given up by Escape. At the edge of the canvas it moves the canvas. A finger moves the canvas instead.
 * @param ghost follows the pointer; moved by hand, so that nothing is drawn again for it
 * @param pan moves the canvas, in pixels of the screen; always the same function
 */
export function useDragging(
  canvas: RefObject<HTMLElement | null>,
  ghost: RefObject<HTMLElement | null>,
  spots: CanvasSpots | null,
  pan: (by: { x: number; y: number }) => void,
): void {
  useEffect(() => {
    const element = canvas.current
    if (!element || !spots) return
    let drag: Drag | null = null
    let frame = 0

    const cardOf = (event: Event): string | undefined =>
      event.target instanceof Element
        ? (event.target.closest<HTMLElement>('[data-card]')?.dataset.card ?? undefined)
        : undefined
    const end = (): void => {
      drag = null
      cancelAnimationFrame(frame)
      frame = 0
      if (spots.moving.get()?.by === 'pointer') spots.moving.set(null)
    }
    const lift = (started: Drag): boolean => {
      const lifted = spots.onLift(started.card)
      if (!lifted) return false
      spots.moving.set({ ...lifted, by: 'pointer', target: null })
      return true
    }
    const onPointerDown = (event: PointerEvent): void => {
      const card = cardOf(event)
      if (card === undefined || event.button !== 0 || event.pointerType === 'touch' || event.shiftKey) return
      drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, boxes: undefined }
    }
    // The canvas itself moves by its mouse events: not from a card, which moves alone.
    const onMouseDown = (event: MouseEvent): void => {
      if (event.button === 0 && cardOf(event) !== undefined) event.stopPropagation()
    }
    const onPointerMove = (event: PointerEvent): void => {
      if (!drag || event.pointerId !== drag.pointer) return
      const { clientX: x, clientY: y } = event
      if (spots.moving.get() === null) {
        if (Math.hypot(x - drag.x, y - drag.y) < SLACK) return
        if (!lift(drag)) end()
      }
      const moving = spots.moving.get()
      if (!moving) return
      drag.x = x
      drag.y = y
      aim(drag)
      if (frame === 0) frame = requestAnimationFrame(panAtEdge)
      if (ghost.current) ghost.current.style.transform = `translate(${x + 12}px, ${y + 10}px)`
    }
    const aim = (at: Drag): void => {
      const moving = spots.moving.get()
      if (!moving) return
      at.boxes ??= spotBoxes(element, moving.possible)
      const target = nearestSpot(at.boxes, at.x, at.y)
      if (target !== moving.target) spots.moving.set({ ...moving, target })
    }
    // goes on without the pointer moving, for as long as it stays at the edge
    const panAtEdge = (): void => {
      frame = 0
      if (!drag || spots.moving.get()?.by !== 'pointer') return
      const by = edgePan(element.getBoundingClientRect(), drag.x, drag.y)
      if (by.x === 0 && by.y === 0) return
      pan(by)
      drag.boxes = undefined
      aim(drag)
      frame = requestAnimationFrame(panAtEdge)
    }
    const onPointerUp = (event: PointerEvent): void => {
      if (!drag || event.pointerId !== drag.pointer) return
      const moving = spots.moving.get()
      end()
      if (!moving) return
      window.addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
      if (moving.target !== null) spots.onDrop(moving.target)
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || spots.moving.get()?.by !== 'pointer') return
      event.preventDefault()
      event.stopPropagation()
      end()
    }
    // Where everything is on the screen has changed.
    const onWheel = (): void => {
      if (drag) drag.boxes = undefined
    }

    element.addEventListener('pointerdown', onPointerDown)
    element.addEventListener('mousedown', onMouseDown, { capture: true })
    element.addEventListener('wheel', onWheel, { capture: true, passive: true })
    window.addEventListener('pointermove', onPointerMove)
    window.addEventListener('pointerup', onPointerUp)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      end()
      element.removeEventListener('pointerdown', onPointerDown)
      element.removeEventListener('mousedown', onMouseDown, { capture: true })
      element.removeEventListener('wheel', onWheel, { capture: true })
      window.removeEventListener('pointermove', onPointerMove)
      window.removeEventListener('pointerup', onPointerUp)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', onKeyDown, { capture: true })
    }
  }, [canvas, ghost, spots, pan])
}

/** The click that ends a drag is none. */
const swallow = (event: Event): void => {
  event.preventDefault()
  event.stopPropagation()
}
