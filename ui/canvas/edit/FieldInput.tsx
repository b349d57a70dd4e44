import { TextInput } from '@mantine/core'
import { DurationInput } from './DurationInput.tsx'
import type { FieldKind } from './fieldKinds.ts'
import { ChoicesInput, TextsInput } from './ListInputs.tsx'
import { OneNumberInput, RangeInput } from './NumberInputs.tsx'
import { WindowInput } from './WindowInput.tsx'

type Props = {
  field: FieldKind
  label: string
  value: unknown
  /** How many digits of money in minor units stand after the point; 0 for what is no money. */
  digits: number
  /** Its control gets the focus when the form opens. */
  focused: boolean
  onChange: (value: unknown) => void
}

/** The control for one field, by the kind of input that the catalogue names. */
export function FieldInput({ field, label, value, digits, focused, onChange }: Props) {
  switch (field.input) {
    case 'duration':
      return <DurationInput label={label} value={value} focused={focused} onChange={onChange} />
    case 'window':
      return <WindowInput label={label} value={value} focused={focused} onChange={onChange} />
    case 'number':
    case 'money':
      return <OneNumberInput label={label} value={value} focused={focused} digits={digits} onChange={onChange} />
    case 'range':
      return <RangeInput label={label} value={value} focused={focused} digits={digits} onChange={onChange} />
    case 'day':
      return (
        <TextInput
          type="date"
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          data-autofocus={focused || undefined}
          onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)}
        />
      )
    case 'choices':
      return (
        <ChoicesInput
          label={label}
          value={value}
          focused={focused}
          choices={field.choices}
          onChange={onList(field, onChange)}
        />
      )
    default:
      return (
        <TextsInput
          label={label}
          value={value}
          focused={focused}
          choices={field.choices}
          onChange={onList(field, onChange)}
        />
      )
  }
}

/** A list that is optional and empty is not there. */
const onList = (field: FieldKind, onChange: (value: unknown) => void) => (next: string[]) =>
  onChange(field.optional && next.length === 0 ? undefined : next)
