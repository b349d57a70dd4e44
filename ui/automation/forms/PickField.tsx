import { Select } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'

export type Choice = { readonly value: string; readonly label: string }

type Props = {
  label: string
  value: string
  choices: readonly Choice[]
  autoFocus?: boolean
  /** What leaving it empty means; without it, something has to be chosen. */
  none?: string
  hint?: string
  onChange: (value: string) => void
}

/** One of many by its name, to be searched. What was deleted since stays to be seen, by its id. */
export function PickField({ label, value, choices, autoFocus = false, none, hint, onChange }: Props) {
  const text = useText()
  const isKnown = value === '' || choices.some((choice) => choice.value === value)
  return (
    <Select
      label={label}
      placeholder={none ?? text('condition.choose')}
      searchable
      clearable={none !== undefined}
      allowDeselect={none !== undefined}
      nothingFoundMessage={text('condition.nothing')}
      {...(hint === undefined ? {} : { description: hint })}
      data={[...(isKnown ? [] : [{ value, label: value }]), ...choices]}
      value={value === '' ? null : value}
      error={value === '' && none === undefined ? text('condition.allowed.one') : undefined}
      comboboxProps={{ shadow: 'md', withinPortal: true }}
      data-autofocus={autoFocus || undefined}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
