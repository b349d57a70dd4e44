import { TextInput } from '@mantine/core'
import type { ControlProps } from './control.ts'

/** A text, counting as it is typed. */
export function OneTextInput({ label, value, error, focused, onChange }: ControlProps<string>) {
  return (
    <TextInput
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      error={error !== undefined}
      data-autofocus={focused || undefined}
      onChange={(event) => onChange(event.currentTarget.value, true)}
    />
  )
}

/** A calendar day, typed or picked. */
export function DayInput({ label, value, error, focused, onChange }: ControlProps<string>) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      min="1000-01-01"
      max="9999-12-31"
      value={typeof value === 'string' ? value : ''}
      error={error !== undefined}
      data-autofocus={focused || undefined}
      onChange={(event) => onChange(event.currentTarget.value, true)}
    />
  )
}
