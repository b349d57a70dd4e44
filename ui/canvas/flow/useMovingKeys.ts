import { useCallback, useMemo } from 'react'
import type { CanvasSpots } from './spots.ts'

type Options = {
  spots: CanvasSpots | null
  /** All places in reading order. */
  order: readonly string[]
  /** The place nearest below the card that is lifted. */
  startAt: (card: string, possible: ReadonlySet<string>) => string | undefined
  /** A place is to be seen. */
  show: (spot: string) => void
}

/**
 * Moving by keyboard: lifts a card; arrows then go from place to place, Enter lets go, Escape gives up.
 * @returns `lift`, and `onKey`, which says whether a key was one of a move's
 */
export function useMovingKeys({ spots, order, startAt, show }: Options) {
  const aim = useCallback(
    (target: string | undefined) => {
      const moving = spots?.moving.get()
      if (!spots || !moving || target === undefined) return
      spots.moving.set({ ...moving, target })
      show(target)
      spots.onAim(target)
    },
    [spots, show],
  )
  const lift = useCallback(
    (card: string): boolean => {
      const lifted = spots?.onLift(card)
      if (!spots || !lifted) return false
      spots.moving.set({ ...lifted, by: 'keys', target: null })
      aim(startAt(card, lifted.possible) ?? order.find((spot) => lifted.possible.has(spot)))
      return true
    },
    [spots, order, startAt, aim],
  )
  const onKey = useCallback(
    (key: string): boolean => {
      const moving = spots?.moving.get()
      if (!spots || moving?.by !== 'keys') return false
      const open = order.filter((spot) => moving.possible.has(spot))
      const at = moving.target === null ? -1 : open.indexOf(moving.target)
      if (key === 'ArrowDown' || key === 'ArrowRight') aim(open[Math.min(at + 1, open.length - 1)])
      else if (key === 'ArrowUp' || key === 'ArrowLeft') aim(open[Math.max(at - 1, 0)])
      else if (key === 'Home') aim(open[0])
      else if (key === 'End') aim(open.at(-1))
      else {
        if (key !== 'Enter' && key !== 'Escape' && key !== 'Tab') return true
        spots.moving.set(null)
        if (key === 'Tab') return false
        if (key !== 'Escape' && moving.target !== null) spots.onDrop(moving.target)
      }
      return true
    },
    [spots, order, aim],
  )
  return useMemo(() => ({ lift, onKey }), [lift, onKey])
}
