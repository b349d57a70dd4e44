import { createContext, useContext } from 'react'
import type { Store } from './store.ts'

/** Which card has the canvas's one tab stop, which one is selected, and which one is pointed at elsewhere. */
export type FocusState = {
  readonly current: string | null
  readonly selected: string | null
  readonly hinted: ReadonlySet<string>
}

export const nothingFocused: FocusState = { current: null, selected: null, hinted: new Set() }

export type CanvasFocus = {
  readonly store: Store<FocusState>
  /** A card was clicked, or Enter was pressed on it; `field` is the pill that was clicked. */
  readonly onActivate: (id: string, field: string | undefined) => void
  /** The pointer came over a card, or left it (null). */
  readonly onPoint: (id: string | null) => void
}

export const CanvasFocusContext = createContext<CanvasFocus | null>(null)

/** For cards: only inside a canvas. */
export function useCanvasFocus(): CanvasFocus {
  const focus = useContext(CanvasFocusContext)
  if (!focus) throw new Error('A card stands on a canvas')
  return focus
}
