import { useEffect, useMemo, useRef } from 'react'
import { canMove } from '../../../rules/automations/edits/relocate.ts'
import { type CanvasFocus, isSelected } from '../../canvas/flow/focus.ts'
import { type CanvasSpots, createMoving } from '../../canvas/flow/spots.ts'
import { useText } from '../../shared/useText.tsx'
import { type AutomationFlow, cardRef } from '../flow/automationFlow.ts'
import { placeOf } from '../flow/spots.ts'
import { placeWords, stepsWords } from './commandLabel.ts'
import { selectedSteps } from './places.ts'
import type { AutomationEditing } from './useAutomationEditing.ts'

type Options = { flow: AutomationFlow; focus: CanvasFocus; editing: AutomationEditing }

/** The places of an automation's canvas: opens the palette for one, and moves to it what is dragged or lifted. */
export function useAutomationSpots(options: Options): CanvasSpots {
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
        const { flow, focus, editing, text: say } = latest.current
        const state = focus.store.get()
        const ref = cardRef(card)
        const own = ref?.kind === 'step' ? [ref.step] : []
        const steps = isSelected(state, card) ? selectedSteps(state) : own
        if (steps.length === 0) return undefined
        lifted.current = steps
        const spots = flow.lines.flatMap(({ spot }) => spot ?? [])
        return {
          possible: new Set(spots.filter((spot) => canMove(editing.automation, steps, placeOf(spot)))),
          label: stepsWords(editing.automation, steps, say),
        }
      },
      onAim: (spot) => {
        const { editing, text: say } = latest.current
        editing.say(placeWords(placeOf(spot), editing.automation, say))
      },
      onDrop: (spot) => {
        latest.current.editing.run({ kind: 'move', steps: lifted.current, place: placeOf(spot) })
      },
    }),
    [moving],
  )
}
