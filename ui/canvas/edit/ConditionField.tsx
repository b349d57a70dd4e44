import { Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { useIntl } from 'react-intl'
import type { Condition } from '../../../rules/rule.ts'
import { minorDigits, type WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'
import type { OnValue } from './control.ts'
import { FieldInput } from './FieldInput.tsx'
import type { FieldKind } from './fieldKinds.ts'
import { type Mistake, mistakeOf, mistakeOfWord } from './mistakes.ts'
import type { NumberForm } from './NumberInputs.tsx'

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
  const { formatNumber } = useIntl()
  const id = useId()
  const value = condition[field.name]
  const form = numberForm(field, condition, words)
  const said = (mistake: Mistake | undefined): string | undefined => {
    if (mistake === undefined) return undefined
    const values = Object.entries(mistake.values ?? {}).map(([name, part]) => [
      name,
      typeof part === 'number' ? formatNumber(part) : part,
    ])
    return text(mistake.id, Object.fromEntries(values))
  }
  const error = said(mistakeOf(field, value, form.scale))
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
        refuse={(word) => said(mistakeOfWord(word, field.limits, example))}
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

/** Money has the digits of its currency; what people and bookings are counted in is whole; attributes may be anything. */
function numberForm({ input }: FieldKind, { fact }: Condition, words: WordOptions): NumberForm {
  if (input !== 'money' && input !== 'money_range') return { digits: fact === 'attribute' ? 6 : 0, scale: 1 }
  const digits = minorDigits(words)
  const parts = new Intl.NumberFormat(words.locale, { style: 'currency', currency: words.currency }).formatToParts(1)
  return { digits, scale: 10 ** digits, unit: parts.find(({ type }) => type === 'currency')?.value ?? words.currency }
}
