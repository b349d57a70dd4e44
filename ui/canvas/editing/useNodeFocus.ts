import { type RefObject, useCallback } from 'react'
import type { Path, Rule } from '../../../rules/rule.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import { cardsOfNode } from './cards.ts'
import { useCardFocus } from './useCardFocus.ts'

/**
 * Selects nodes of a rule and puts the focus on the first one, as soon as they are drawn.
 * @param view what the cards or lines stand in
 */
export function useNodeFocus(view: RefObject<HTMLElement | null>, focus: CanvasFocus) {
  const focusCards = useCardFocus(view, focus)
  return useCallback(
    (rule: Rule, paths: readonly Path[], takeFocus = true): void =>
      focusCards(
        () => paths.flatMap((path) => cardsOfNode(view.current, rule, path)),
        paths.length > 0 ? 'start:' : undefined,
        takeFocus,
      ),
    [view, focusCards],
  )
}
