import { type RefObject, useCallback, useReducer } from 'react'
import { tryCommand } from '../../../rules/commands.ts'
import type { Rule } from '../../../rules/rule.ts'
import { type PlacedRule, ruleFromYaml, ruleToYaml, type TextMistake } from '../../../rules/yaml.ts'
import { useText } from '../../shared/useText.tsx'
import type { DraftAction } from '../rule/draft.ts'

/** A text that was typed, and the rule that stands for it: what it says, or said last while it could be read. */
export type Typed = {
  readonly text: string
  readonly rule: string
  readonly read: PlacedRule | null
  readonly mistakes: readonly TextMistake[]
}

export type RuleText = {
  /** What is to stand in the editor: as it was typed, for as long as the rule is what it said. */
  readonly text: string
  /** Where the parts of the rule stand in it; null while it can't be read. */
  readonly read: PlacedRule | null
  /** What is wrong with it; the rule is what it was before. */
  readonly mistakes: readonly TextMistake[]
  /** Takes what was typed. `burst` tells strokes apart that are undone one by one. */
  readonly type: (text: string, burst: number) => void
}

const keyOf = (rule: Rule): string => JSON.stringify(rule)

/**
 * The rule of a draft as YAML, and back: what is typed changes the rule as soon as it can be read, as one command that
 * is undone like any other; until then it is kept and the rule stays. A rule that was changed elsewhere is written anew.
 *
 * @param typed keeps what was typed while another view is looked at
 */
export function useRuleText(
  rule: Rule,
  dispatch: (action: DraftAction) => void,
  typed: RefObject<Typed | null>,
): RuleText {
  const text = useText()
  const [, drawAgain] = useReducer((times: number) => times + 1, 0)
  const key = keyOf(rule)
  if (typed.current?.rule !== key) typed.current = written(rule, key)

  const type = useCallback(
    (next: string, burst: number): void => {
      const read = ruleFromYaml(next)
      const command = 'mistakes' in read ? null : ({ kind: 'replace', path: '', rule: read.rule } as const)
      const applied = command && tryCommand(rule, command)
      const refused = applied && 'refused' in applied && applied.refused !== 'nothing' ? applied.refused : null
      if ('mistakes' in read) typed.current = { text: next, rule: key, read: null, mistakes: read.mistakes }
      else if (refused !== null) {
        const mistake = { path: '', line: 1, column: 1, message: text(`canvas.refused.${refused}`) }
        typed.current = { text: next, rule: key, read: null, mistakes: [mistake] }
      } else {
        typed.current = { text: next, rule: keyOf(read.rule), read, mistakes: [] }
        if (command) dispatch({ type: 'change', command, label: text('canvas.did.text'), group: `text ${burst}` })
      }
      drawAgain()
    },
    [key, rule, dispatch, text, typed],
  )
  return { ...typed.current, type }
}

function written(rule: Rule, key: string): Typed {
  const text = ruleToYaml(rule)
  const read = ruleFromYaml(text)
  // a draft may hold what the server will refuse: then it says so there
  return 'rule' in read
    ? { text, rule: key, read, mistakes: [] }
    : { text, rule: key, read: null, mistakes: read.mistakes }
}
