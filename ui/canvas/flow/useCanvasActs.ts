import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useMemo } from 'react'
import { type CanvasFocus, selectedCards } from './focus.ts'
import { neighbourOf } from './neighbour.ts'
import { openingView } from './openingView.ts'
import type { Placed, PlacedLine, PlacedNode } from './placed.ts'
import type { CanvasSpots } from './spots.ts'
import type { CanvasKeys } from './useCanvasKeys.ts'
import { useMovingKeys } from './useMovingKeys.ts'

type Options = {
  canvas: RefObject<HTMLElement | null>
  placed: Placed<PlacedNode, PlacedLine>
  reachable: ReadonlySet<string>
  focus: CanvasFocus
  spots: CanvasSpots | null
  room: { readonly width: number; readonly height: number }
  /** Of movements, in milliseconds. */
  duration: number
  onKey: (event: KeyboardEvent) => boolean
  onLeave: () => void
  /** The view is no longer the one in which the canvas opened. */
  onMovedByHand: () => void
}

/** What the keys of a canvas do: go from card to card, lift a card and let it go elsewhere, zoom. */
export function useCanvasActs(options: Options): CanvasKeys {
  const { canvas, placed, reachable, focus, spots, room, duration, onKey, onLeave, onMovedByHand } = options
  const flow = useReactFlow()

  /** Brings a part of the canvas into sight, unless all of it is. */
  const show = useCallback(
    (element: HTMLElement | null | undefined) => {
      const frame = canvas.current?.getBoundingClientRect()
      const box = element?.getBoundingClientRect()
      if (!frame || !box) return
      const inside =
        box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom
      if (inside) return
      onMovedByHand()
      const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 })
      void flow.setCenter(middle.x, middle.y, { zoom: flow.getZoom(), duration })
    },
    [canvas, flow, duration, onMovedByHand],
  )
  const find = useCallback(
    (attribute: string, value: string) =>
      canvas.current?.querySelector<HTMLElement>(`[${attribute}="${CSS.escape(value)}"]`),
    [canvas],
  )
  const moving = useMovingKeys({
    spots,
    order: useMemo(() => spotsInOrder(placed), [placed]),
    startAt: useCallback((card, possible) => spotBelow(placed, card, possible), [placed]),
    show: useCallback((spot) => show(find('data-spot', spot)), [show, find]),
  })

  return useMemo<CanvasKeys>(
    () => ({
      first: (event) => {
        const { current } = focus.store.get()
        if (moving.onKey(event.key)) return true
        const lifts = event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey
        if (lifts && current !== null) return moving.lift(selectedCards(focus.store.get())[0] ?? current)
        return onKey(event)
      },
      move: (direction, extend) => {
        const { current } = focus.store.get()
        const next = current === null ? undefined : neighbourOf(placed, reachable, current, direction)
        const card = next === undefined ? null : find('data-card', next)
        if (next === undefined || !card) return
        card.focus({ preventScroll: true })
        focus.onSelect(next, extend ? 'extend' : 'alone')
        show(card)
      },
      zoomIn: () => void flow.zoomIn({ duration }),
      zoomOut: () => void flow.zoomOut({ duration }),
      fit: () => void flow.setViewport(openingView(placed, room, 0), { duration }),
      leave: onLeave,
    }),
    [focus, placed, reachable, flow, duration, room, moving, onKey, onLeave, show, find],
  )
}

/** The places of a canvas from top to bottom, along its lines and cards. */
function spotsInOrder({ nodes, lines }: Placed<PlacedNode, PlacedLine>): string[] {
  const into = Map.groupBy(lines, (line) => line.target)
  return nodes.flatMap((node) => [
    ...(into.get(node.id) ?? []).flatMap((line) => line.spot ?? []),
    ...(node.spot === undefined ? [] : [node.spot]),
  ])
}

/** The nearest place under a card that something can be moved to. */
function spotBelow(
  { nodes, lines }: Placed<PlacedNode, PlacedLine>,
  card: string,
  possible: ReadonlySet<string>,
): string | undefined {
  const order = nodes.map((node) => node.id)
  return lines
    .filter((line) => order.indexOf(line.source) >= order.indexOf(card))
    .find((line) => line.spot !== undefined && possible.has(line.spot))?.spot
}
