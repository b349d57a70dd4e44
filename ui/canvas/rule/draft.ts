import { applyCommand, type RuleCommand, tryCommand } from '../../../rules/commands.ts'
import type { Path, Rule } from '../../../rules/rule.ts'

type Step = {
  readonly undo: RuleCommand
  readonly redo: RuleCommand
  readonly label: string
  readonly group: string
  /** What was selected when it was done, to be selected again when it is undone. */
  readonly from: readonly Path[]
}

/** A rule that is being changed, with what was done and undone. */
export type Draft = {
  /** As it is stored. */
  readonly saved: Rule
  readonly rule: Rule
  readonly past: readonly Step[]
  readonly future: readonly Step[]
}

/**
 * `label` names the step for undo; replacements of the same `group` one after another are undone as one. A command that
 * is refused changes nothing: whoever wants to say why asks `tryCommand` before.
 */
export type Change = {
  readonly command: RuleCommand
  readonly label: string
  readonly group?: string | undefined
  readonly from?: readonly Path[] | undefined
}

export type DraftAction =
  | ({ readonly type: 'change' } & Change)
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** The rule was stored, or another one was stored by somebody else while nothing was changed here. */
  | { readonly type: 'saved'; readonly rule: Rule }

/** More steps back than anybody remembers. */
const MOST_STEPS = 200

/** @param kept the rule that somebody has made of it before, as the server keeps it */
export const draftOf = (saved: Rule, kept: Rule = saved): Draft => ({ saved, rule: kept, past: [], future: [] })

const sameRule = (a: Rule, b: Rule): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

export const isChanged = (draft: Draft): boolean => !sameRule(draft.rule, draft.saved)

/** The draft after an action. */
export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case 'change':
      return change(draft, action)
    case 'undo': {
      const step = draft.past.at(-1)
      if (!step) return draft
      const { rule } = applyCommand(draft.rule, step.undo)
      return { ...draft, rule, past: draft.past.slice(0, -1), future: [step, ...draft.future] }
    }
    case 'redo': {
      const [step, ...future] = draft.future
      if (!step) return draft
      const { rule } = applyCommand(draft.rule, step.redo)
      return { ...draft, rule, past: [...draft.past, step], future }
    }
    case 'saved':
      return isChanged(draft) && !sameRule(draft.rule, action.rule)
        ? { ...draft, saved: action.rule }
        : { ...draftOf(action.rule), past: sameRule(draft.rule, action.rule) ? draft.past : [], rule: action.rule }
  }
}

function change(draft: Draft, { command, label, group = '', from = [] }: Change): Draft {
  const applied = tryCommand(draft.rule, command)
  if ('refused' in applied || sameRule(applied.rule, draft.rule)) return draft
  const { rule, undo } = applied
  const last = draft.past.at(-1)
  const together = group !== '' && last?.group === group && command.kind === 'replace' && isAtSamePath(last.undo, undo)
  const past = together
    ? [...draft.past.slice(0, -1), { ...last, redo: command }]
    : [...draft.past, { undo, redo: command, label, group, from }].slice(-MOST_STEPS)
  return { ...draft, rule, past, future: [] }
}

const isAtSamePath = (a: RuleCommand, b: RuleCommand): boolean => 'path' in a && 'path' in b && a.path === b.path
