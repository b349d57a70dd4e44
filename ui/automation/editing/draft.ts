import type { Automation } from '../../../rules/automations/automation.ts'
import { type AutomationCommand, tryCommand } from '../../../rules/automations/commands.ts'
import { type DraftAction as Action, type Draft as DraftOf, draftReducer } from '../../canvas/editing/draft.ts'

/** An automation that is being changed, with what was done and undone. */
export type Draft = DraftOf<Automation, AutomationCommand, string>
export type DraftAction = Action<Automation, AutomationCommand, string>

/** The draft of an automation after an action; what is typed into one form is undone as one. */
export const reduceDraft = draftReducer<Automation, AutomationCommand, string>(
  (automation, command) => {
    const applied = tryCommand(automation, command)
    return 'refused' in applied ? null : { tree: applied.automation, undo: applied.undo }
  },
  () => true,
)
