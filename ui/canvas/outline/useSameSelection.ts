import { type RefObject, useEffect, useRef } from 'react'
import type { CanvasFocus } from '../flow/focus.ts'
import { cardOf, lineOf, type OutlineLine } from './lines.ts'
import { focusLine } from './useOutlineActs.ts'

/**
 * Keeps tab stop, selection and focus on lines that are there: what was selected on the canvas is so here, and when the
 * line that had the focus is gone, the nearest one has it.
 */
export function useSameSelection(
  outline: RefObject<HTMLElement | null>,
  lines: readonly OutlineLine[],
  focus: CanvasFocus,
): void {
  const hadFocus = useRef(false)
  useEffect(() => {
    const element = outline.current
    const onFocusIn = ({ target }: FocusEvent): void => {
      hadFocus.current = target instanceof Node && element?.contains(target) === true
    }
    document.addEventListener('focusin', onFocusIn)
    return () => document.removeEventListener('focusin', onFocusIn)
  }, [outline])

  useEffect(() => {
    const state = focus.store.get()
    const cardFor = (card: string): string | null => {
      const line = lineOf(lines, card)
      return line ? cardOf(line) : null
    }
    const [first] = lines
    const current = (state.current === null ? null : cardFor(state.current)) ?? (first ? cardOf(first) : null)
    const selected = state.selected === null ? null : cardFor(state.selected)
    const picked = new Set([...state.picked].flatMap((card) => cardFor(card) ?? []))
    focus.store.set({ ...state, current, selected, picked })
    if (hadFocus.current && document.activeElement === document.body) focusLine(outline.current, current)
  }, [outline, lines, focus])
}
