import type { Automation, Step } from '../../../rules/automations/automation.ts'
import type { AutomationCommand, Place } from '../../../rules/automations/commands.ts'
import { placedStep, stepsIn } from '../../../rules/automations/edits/sequences.ts'
import type { useText } from '../../shared/useText.tsx'
import { offerOf } from './newStep.ts'

type Text = ReturnType<typeof useText>

/** What a step is called, by what it does: “Send email”. */
export const stepName = (step: Step, text: Text): string => text(`automation.offer.${offerOf(step)}`)

/** Steps by name: the one's, or how many they are. */
export function stepsWords(automation: Automation, ids: readonly string[], text: Text): string {
  const [only] = ids
  const step = only === undefined || ids.length > 1 ? undefined : placedStep(automation, only)?.step
  return step ? `“${stepName(step, text)}”` : text('automation.steps', { count: ids.length })
}

/**
 * What a command does, in words, for undo and for those who listen.
 * @param automation as it is before the command
 */
export function commandLabel(command: AutomationCommand, automation: Automation, text: Text): string {
  switch (command.kind) {
    case 'insert': {
      const [only, another] = command.steps
      const what =
        only && !another ? `“${stepName(only, text)}”` : text('automation.steps', { count: command.steps.length })
      return text('canvas.act.insert.what', { what })
    }
    case 'remove':
    case 'move':
      return text(`canvas.act.${command.kind}.what`, { what: stepsWords(automation, command.steps, text) })
    case 'change':
      return text('automation.act.change.what', { what: `“${stepName(command.step, text)}”` })
    case 'wrap':
      return text('automation.act.wrap.what', { what: stepsWords(automation, command.steps, text) })
    case 'unwrap':
      return text('automation.act.unwrap.what')
    case 'add_way':
    case 'remove_way':
    case 'move_way':
      return text(`automation.act.${command.kind}.what`)
    case 'head':
      return text('automation.act.head.what')
    case 'replace':
      return text('automation.act.replace.what')
  }
}

/** Where a place is, in words: “after ‘Wait’”, “into the empty way”. */
export function placeWords(place: Place, automation: Automation, text: Text): string {
  const steps = stepsIn(automation, place) ?? []
  const before = steps[place.index - 1]
  const next = steps[place.index]
  if (before) return text('canvas.place.after', { what: `“${stepName(before, text)}”` })
  if (next) return text('canvas.place.before', { what: `“${stepName(next, text)}”` })
  return text('automation.place.empty')
}
