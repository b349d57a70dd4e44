import type { ComponentProps, RefObject } from 'react'
import type { Rule } from '../../../rules/rule.ts'
import type { DraftAction } from '../rule/draft.ts'
import { RuleText } from './RuleText.tsx'
import { type Typed, useRuleText } from './useRuleText.ts'

type Props = Omit<ComponentProps<typeof RuleText>, 'content'> & {
  rule: Rule
  dispatch: (action: DraftAction) => void
  /** Keeps what was typed while another view is looked at. */
  typed: RefObject<Typed | null>
}

/** A draft's rule as YAML that can be changed; loaded when it is asked for. */
export default function RuleAsText({ rule, dispatch, typed, ...rest }: Props) {
  return <RuleText {...rest} content={useRuleText(rule, dispatch, typed)} />
}
