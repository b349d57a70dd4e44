import { Autocomplete, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useText } from '../../shared/useText.tsx'
import { CountOf } from './CountOf.tsx'
import type { ControlProps } from './control.ts'
import type { Choices } from './fieldKinds.ts'
import { found } from './found.ts'

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

type NameProps = ControlProps<string> & { choices: Choices }

/** A name: those that exist are offered with their counts, another may be typed and counts when it is left. */
export function NameInput({ label, value, error, focused, choices, onChange }: NameProps) {
  const text = useText()
  const [typed, setTyped] = useState(typeof value === 'string' ? value : '')
  const counts = new Map(choices.map((choice) => [choice.value, choice.count]))
  const take = (name: string): void => {
    setTyped(name)
    if (name !== value) onChange(name, true)
  }
  return (
    <Autocomplete
      aria-label={label}
      value={typed}
      data={choices.map((choice) => choice.value)}
      placeholder={text('condition.search')}
      error={error !== undefined}
      withScrollArea={false}
      styles={{ options: { maxHeight: 220, overflowY: 'auto' } }}
      comboboxProps={{ withinPortal: false }}
      filter={({ options, search }) => {
        const values = found(choices, search === value ? '' : search).map((choice) => choice.value)
        return values.flatMap((one) => options.filter((option) => 'value' in option && option.value === one))
      }}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" gap="xs" flex={1}>
          <span>{option.value}</span>
          <CountOf count={counts.get(option.value)} />
        </Group>
      )}
      data-autofocus={focused || undefined}
      onChange={setTyped}
      onOptionSubmit={take}
      onBlur={() => take(typed.trim())}
    />
  )
}
