import { useEffect, useMemo, useRef } from 'react'
import { canMove } from '../../../rules/edits/relocate.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { type CanvasFocus, isSelected } from '../flow/focus.ts'
import { type CanvasSpots, createMoving } from '../flow/spots.ts'
import type { RuleFlow } from '../layout/ruleFlow.ts'
import { placeOf } from '../layout/spots.ts'
import { nodeOfCard, selectedNodes } from './cards.ts'
import { partsWords } from './commandLabel.ts'
import { placeWords } from './placeWords.ts'
import type { Editing } from './useEditing.ts'

type Options = { rule: Rule; flow: RuleFlow; focus: CanvasFocus; editing: Editing; words: WordOptions }

/** The places of a rule's canvas: opens the palette for one, and moves to it what is dragged or lifted. */
export function useRuleSpots(options: Options): CanvasSpots {
  const text = useText()
  const moving = useMemo(createMoving, [])
  // Read when something happens: the places themselves stay the same object, and no card is drawn again for them.
  const latest = useRef({ ...options, text })
  useEffect(() => {
    latest.current = { ...options, text }
  })
  const lifted = useRef<readonly string[]>([])

  return useMemo<CanvasSpots>(
    () => ({
      moving,
      onAdd: (spot) => latest.current.editing.addAt(placeOf(spot)),
      onLift: (card) => {
        const { rule, flow, focus, words, text: say } = latest.current
        const state = focus.store.get()
        const own = nodeOfCard(card)
        const paths = isSelected(state, card) ? selectedNodes(state) : own === undefined ? [] : [own]
        if (paths.length === 0 || paths.includes('')) return undefined
        lifted.current = paths
        const spots = [...flow.lines, ...flow.nodes].flatMap(({ spot }) => spot ?? [])
        return {
          possible: new Set(spots.filter((spot) => canMove(rule, paths, placeOf(spot)))),
          label: partsWords(rule, paths, words, say),
        }
      },
      onAim: (spot) => {
        const { rule, editing, words, text: say } = latest.current
        editing.say(placeWords(placeOf(spot), rule, words, say))
      },
      onDrop: (spot) => {
        latest.current.editing.run({ kind: 'move', paths: lifted.current, place: placeOf(spot) })
      },
    }),
    [moving],
  )
}
