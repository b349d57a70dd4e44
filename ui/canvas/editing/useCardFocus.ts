import { type RefObject, useCallback } from 'react'
import type { CanvasFocus } from '../flow/focus.ts'

/** Cards come a few frames after what they stand for; after so many they do not come any more. */
const MOST_FRAMES = 40

/**
 * Selects cards and puts the focus on the first one, as soon as they are drawn.
 * @param view what the cards or lines stand in
 * @returns takes what finds their ids, which is empty while they are not there, and the one to fall back to
 */
export function useCardFocus(view: RefObject<HTMLElement | null>, focus: CanvasFocus) {
  return useCallback(
    (find: () => readonly string[], fallback: string | undefined, takeFocus = true): void => {
      const look = (frames: number): void => {
        const ids = find()
        const id = ids[0] ?? (frames === 0 ? fallback : undefined)
        if (id === undefined) {
          if (frames > 0) requestAnimationFrame(() => look(frames - 1))
          return
        }
        focus.store.set({ ...focus.store.get(), current: id, selected: id, picked: new Set(ids) })
        if (!takeFocus) return
        // the one tab stop follows in the next drawing; a card can have the focus before that
        view.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus({ preventScroll: true })
      }
      requestAnimationFrame(() => look(MOST_FRAMES))
    },
    [view, focus],
  )
}
