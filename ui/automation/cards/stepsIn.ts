import type { Step } from '../../../rules/automations/automation.ts'
import { withSteps } from '../../../rules/automations/edits/sequences.ts'

/** How many steps are in the ways of a step. */
export const stepsIn = (step: Step): number => withSteps(step).length - 1
