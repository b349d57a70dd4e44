import type { Automation } from '../../../rules/automations/automation.ts'
import type { Place } from '../../../rules/automations/commands.ts'
import { OUTERMOST, stepsIn } from '../../../rules/automations/edits/sequences.ts'
import { atTheEnd, besideStep } from '../../../rules/automations/edits/steps.ts'
import type { FocusState } from '../../canvas/flow/focus.ts'
import { selectedCards } from '../../canvas/flow/focus.ts'
import { cardRef } from '../flow/automationFlow.ts'

const atTheBeginning: Place = { ...OUTERMOST, index: 0 }

/** The place right below a card, as the flow runs: under the head of a way the first one in it. */
export function placeBelow(automation: Automation, card: string): Place {
  const ref = cardRef(card)
  if (ref?.kind === 'step' || ref?.kind === 'join') return besideStep(automation, ref.step) ?? atTheEnd(automation)
  if (ref?.kind === 'way') return { step: ref.step, way: ref.way, index: 0 }
  return ref?.kind === 'end' ? atTheEnd(automation) : atTheBeginning
}

/** The place right above a card; above where ways come together the last one in the first of them. */
export function placeAbove(automation: Automation, card: string): Place {
  const ref = cardRef(card)
  if (ref?.kind === 'step' || ref?.kind === 'way') return besideStep(automation, ref.step, 0) ?? atTheBeginning
  return placeBelow(automation, card)
}

/** The steps that are selected; the head of a way stands for none. */
export const selectedSteps = (state: FocusState): string[] => [
  ...new Set(
    selectedCards(state).flatMap((card) => {
      const ref = cardRef(card)
      return ref?.kind === 'step' ? [ref.step] : []
    }),
  ),
]

/** All steps of the sequence in which a step stands. */
export function siblingsOf(automation: Automation, step: string): string[] {
  const at = besideStep(automation, step, 0)
  return (at && stepsIn(automation, at)?.map(({ id }) => id)) ?? []
}
