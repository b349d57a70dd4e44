import { type Ref, type RefObject, useCallback } from 'react'
import { tryCommand } from '../../../rules/commands.ts'
import type { Path, Rule } from '../../../rules/rule.ts'
import { type PlacedRule, ruleFromYaml, ruleToYaml } from '../../../rules/yaml.ts'
import { useText } from '../../shared/useText.tsx'
import { nodeOfCard } from '../editing/cards.ts'
import type { CanvasFocus } from '../flow/focus.ts'
import type { DraftAction } from '../rule/draft.ts'
import { cardFor, partAt } from './places.ts'
import { type TextCards, TreeText, type TreeTextHandle } from './TreeText.tsx'
import { type TextForm, type Typed, useTreeText } from './useTreeText.ts'

const FORM: TextForm<Rule, PlacedRule> = { write: ruleToYaml, read: ruleFromYaml, treeOf: ({ rule }) => rule }
const CARDS: TextCards<PlacedRule> = {
  pathOf: nodeOfCard,
  cardAt: (read, text, offset) => cardFor(read.rule, partAt(read, text, offset)),
}

type Props = {
  /** Of the segment, for screen readers. */
  name: string
  rule: Rule
  dispatch: (action: DraftAction) => void
  /** Keeps what was typed while another view is looked at. */
  typed: RefObject<Typed<PlacedRule> | null>
  focus: CanvasFocus
  /** What else is wrong with the rule, by part. */
  problems: ReadonlyMap<Path, readonly string[]>
  ref?: Ref<TreeTextHandle>
}

/** A draft's rule as YAML that can be changed; loaded when it is asked for. */
export default function RuleAsText({ name, rule, dispatch, typed, focus, problems, ref }: Props) {
  const text = useText()
  const replace = useCallback(
    (next: Rule, group: string): string | undefined => {
      const command = { kind: 'replace', path: '', rule: next } as const
      const applied = tryCommand(rule, command)
      if ('refused' in applied && applied.refused !== 'nothing') return text(`canvas.refused.${applied.refused}`)
      dispatch({ type: 'change', command, label: text('canvas.did.text'), group })
      return undefined
    },
    [rule, dispatch, text],
  )
  return (
    <TreeText
      ref={ref}
      words={{
        label: text('outline.text.label', { name }),
        help: text('outline.text.help'),
        wrong: ({ line, column, message }) => text('outline.text.wrong', { line, column, message }),
      }}
      cards={CARDS}
      content={useTreeText(rule, FORM, replace, typed)}
      focus={focus}
      problems={problems}
    />
  )
}
