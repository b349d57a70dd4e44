import { type RefObject, useCallback } from 'react'
import type { Path, Rule } from '../../../rules/rule.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import { cardsOfNode } from './cards.ts'

/** Cards come a few frames after the rule; after so many they do not come any more. */
const MOST_FRAMES = 40

/**
 * Selects nodes and puts the focus on the first one, as soon as they are drawn.
 * @param view what the cards or lines stand in
 */
export function useNodeFocus(view: RefObject<HTMLElement | null>, focus: CanvasFocus) {
  return useCallback(
    (rule: Rule, paths: readonly Path[], takeFocus = true): void => {
      const look = (frames: number): void => {
        const ids = paths.flatMap((path) => cardsOfNode(view.current, rule, path))
        const id = ids[0] ?? (paths.length > 0 && frames === 0 ? 'start:' : undefined)
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
