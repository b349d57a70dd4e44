import { Stack, Text } from '@mantine/core'
import { useId } from 'react'
import type { Condition } from '../../../rules/rule.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import type { OnValue } from './control.ts'
import { FieldInput } from './FieldInput.tsx'
import type { FieldKind } from './fieldKinds.ts'
import { mistakeOf, mistakeOfWord } from './mistakes.ts'
import { numberForm } from './numberForm.ts'
import { useMistakeText } from './useMistakeWords.ts'

type Props = {
  field: FieldKind
  condition: Condition
  words: WordOptions
  focused: boolean
  onChange: OnValue
}

/** One field of a condition: its name, its control, and what is allowed there when what stands there is not. */
export function ConditionField({ field, condition, words, focused, onChange }: Props) {
  const text = useText()
  const say = useMistakeText()
  const id = useId()
  const value = condition[field.name]
  const form = numberForm(field, condition, words)
  const mistake = mistakeOf(field, value, form.scale)
  const error = mistake && say(mistake)
  const example = field.choices[0]?.value ?? (condition.fact === 'country' ? 'DE' : 'de')
  return (
    <Stack gap={4} role="group" aria-describedby={error === undefined ? undefined : id}>
      {field.label !== '' && (
        <Text fz="xs" c="dimmed" aria-hidden>
          {field.label}
        </Text>
      )}
      <FieldInput
        field={field}
        form={form}
        label={field.label || text('canvas.field.value')}
        value={value}
        error={error}
        focused={focused}
        refuse={(word) => {
          const refused = mistakeOfWord(word, field.limits, example)
          return refused && say(refused)
        }}
        onChange={onChange}
      />
      {error !== undefined && (
        <Text id={id} fz="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  )
}
