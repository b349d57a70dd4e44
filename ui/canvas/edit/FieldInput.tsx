import type { ReactNode } from 'react'
import { ChoiceInput, ChoicesInput, MonthsInput } from './ChoiceInputs.tsx'
import type { ControlProps } from './control.ts'
import { DurationInput } from './DurationInput.tsx'
import type { FieldKind } from './fieldKinds.ts'
import { NameInput } from './NameInput.tsx'
import { CountInput, OneNumberInput, RangeInput } from './NumberInputs.tsx'
import type { NumberForm } from './numberForm.ts'
import { PickMany } from './PickMany.tsx'
import { PickOne } from './PickOne.tsx'
import { DayInput, OneTextInput } from './TextInputs.tsx'
import { WindowInput } from './WindowInput.tsx'

type Props = ControlProps & {
  field: FieldKind
  /** How a number is written. */
  form: NumberForm
  /** Why a word that does not exist yet cannot be taken. */
  refuse: (word: string) => string | undefined
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/** How far the lines for dragging reach, in steps: top customers, and days in a year that comes round. */
const TOPS = [201, 1_001, 10_001]
const DAYS = [61]

/** The control for one field, by the kind of input that the catalogue names. */
export function FieldInput({ field, form, refuse, ...control }: Props): ReactNode {
  const { value, onChange } = control
  const { input, limits, choices } = field
  switch (input) {
    case 'duration':
      return <DurationInput {...control} limits={limits} />
    case 'ends':
      return (
        <DurationInput
          {...control}
          value={memberOf(value, 'within_next')}
          limits={limits}
          onChange={(next, settled) => onChange({ within_next: next }, settled)}
        />
      )
    case 'window':
      return <WindowInput {...control} limits={limits} />
    case 'days':
      return (
        <CountInput
          {...control}
          value={memberOf(value, 'days')}
          limits={limits}
          reaches={DAYS}
          onChange={(next, settled) => onChange({ days: next }, settled)}
        />
      )
    case 'count':
      return <CountInput {...control} limits={limits} reaches={TOPS} />
    case 'number':
    case 'money':
      return <OneNumberInput {...control} form={form} />
    case 'range':
    case 'money_range':
      return <RangeInput {...control} form={form} />
    case 'day':
      return <DayInput {...control} />
    case 'months':
      return <MonthsInput {...control} />
    case 'choice':
      return <ChoiceInput {...control} field={field} />
    case 'choices':
      return <ChoicesInput {...control} choices={choices} onChange={orNothing(control, field)} />
    case 'texts':
      return <PickMany {...control} choices={choices} refuse={refuse} onChange={orNothing(control, field)} />
    case 'text':
      return field.name === 'name' ? <NameInput {...control} choices={choices} /> : <OneTextInput {...control} />
    default:
      return <PickOne {...control} field={field} />
  }
}

/** A list that is optional and empty is not there. */
const orNothing =
  ({ onChange }: Pick<ControlProps, 'onChange'>, { optional }: FieldKind): ControlProps<string[]>['onChange'] =>
  (next, settled) =>
    onChange(optional && next?.length === 0 ? undefined : next, settled)
