import { type RuleCommand, tryCommand } from '../../../rules/commands.ts'
import type { Path, Rule } from '../../../rules/rule.ts'
import { type DraftAction as Action, type Draft as DraftOf, draftReducer } from '../editing/draft.ts'

/** A rule that is being changed, with what was done and undone. */
export type Draft = DraftOf<Rule, RuleCommand, Path>
export type DraftAction = Action<Rule, RuleCommand, Path>

/** The draft of a rule after an action; replacements at one path one after another are undone as one. */
export const reduceDraft = draftReducer<Rule, RuleCommand, Path>(
  (rule, command) => {
    const applied = tryCommand(rule, command)
    return 'refused' in applied ? null : { tree: applied.rule, undo: applied.undo }
  },
  (undo, next) => next.kind === 'replace' && undo.kind === 'replace' && undo.path === next.path,
)
