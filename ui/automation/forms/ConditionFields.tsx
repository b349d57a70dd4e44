import { SegmentedControl, Stack } from '@mantine/core'
import type { Automation, Happening } from '../../../rules/automations/automation.ts'
import type { Rule } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import { HappeningFields } from './HappeningFields.tsx'
import { RuleField } from './RuleField.tsx'

export type HappeningOrRule = { readonly on?: Happening; readonly rule?: Rule }

type Props = {
  value: HappeningOrRule
  automation: Automation
  words: WordOptions
  autoFocus?: boolean
  onChange: (value: HappeningOrRule) => void
}

/** Something that happens, or a rule that holds from some moment on; both where both are given. */
export function ConditionFields({ value, automation, words, autoFocus = false, onChange }: Props) {
  const text = useText()
  const kind = value.on !== undefined && value.rule !== undefined ? 'both' : value.rule === undefined ? 'on' : 'rule'
  const on: Happening = value.on ?? { on: 'booking_made' }
  const rule: Rule = value.rule ?? { all: [] }
  return (
    <Stack gap="xs">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={text('automation.condition')}
        value={kind}
        data={[
          { value: 'on', label: text('automation.condition.on') },
          { value: 'rule', label: text('automation.condition.rule') },
        ]}
        onChange={(next) => onChange(next === 'rule' ? { rule } : { on })}
      />
      {value.on !== undefined && (
        <HappeningFields
          value={value.on}
          automation={automation}
          isInside
          autoFocus={autoFocus}
          onChange={(next) => onChange({ ...value, on: next })}
        />
      )}
      {value.rule !== undefined && (
        <RuleField
          label={text('automation.condition.rule')}
          value={value.rule}
          scope={automation.scope}
          words={words}
          onChange={(next) => onChange({ ...value, rule: next })}
        />
      )}
    </Stack>
  )
}
