import type { Pointables } from '../canvas/usePointing.ts'
import { cardRef } from './flow/automationFlow.ts'

/** Cards are pointed at by their own ids; only steps are selected together. */
export const pointables: Pointables = {
  cardFor: (card) => card,
  pointedBy: (card) => {
    const ref = cardRef(card)
    return ref?.kind === 'way' ? `step:${ref.step}` : card
  },
  isPart: (card) => cardRef(card)?.kind === 'step',
}
