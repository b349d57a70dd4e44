import { createContext, useContext } from 'react'
import type { Store } from './store.ts'

/** Which card has the canvas's one tab stop, which ones are selected, and which ones are pointed at elsewhere. */
export type FocusState = {
  readonly current: string | null
  /** The card selected last. */
  readonly selected: string | null
  /** All that are selected when they are several, `selected` among them; else it says nothing. */
  readonly picked: ReadonlySet<string>
  readonly hinted: ReadonlySet<string>
}

export const nothingFocused: FocusState = { current: null, selected: null, picked: new Set(), hinted: new Set() }

/** Whether a card is selected, alone or among others. */
export const isSelected = ({ selected, picked }: FocusState, id: string): boolean =>
  selected === id || (selected !== null && picked.has(selected) && picked.has(id))

/** The cards that are selected. */
export function selectedCards({ selected, picked }: FocusState): readonly string[] {
  if (selected === null) return []
  return picked.has(selected) ? [...picked] : [selected]
}

export type CanvasFocus = {
  readonly store: Store<FocusState>
  /**
   * A card was clicked, or Enter was pressed on it; `field` is the pill that was clicked. `stay`: the focus stays on the
   * card, what opens does not take it.
   */
  readonly onActivate: (id: string, field: string | undefined, stay?: boolean) => void
  /**
   * A card is selected `alone` by an arrow key; with Shift the selection is drawn as far as it (`extend`); a click with
   * Shift or Ctrl takes it in or out (`toggle`).
   */
  readonly onSelect: (id: string, how: 'alone' | 'extend' | 'toggle') => void
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
