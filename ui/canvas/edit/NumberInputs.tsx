import { Group, Stack, Text } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'
import type { Limits } from './catalogueTypes.ts'
import type { ControlProps } from './control.ts'
import { DragRow } from './DragRow.tsx'
import { NumberField } from './NumberField.tsx'
import type { NumberForm } from './numberForm.ts'

type Props = ControlProps & { form: NumberForm }

/** Another number is left to say what is wrong with the condition, rather than half of a cent. */
const kept = (typed: number | undefined, { scale }: NumberForm): number | undefined =>
  typed === undefined || scale === 1 ? typed : Math.round(typed * scale)

const shown = (value: unknown, { scale }: NumberForm): number | undefined =>
  typeof value === 'number' ? value / scale : undefined

/** A number. */
export function OneNumberInput({ label, value, error, focused, form, onChange }: Props) {
  return (
    <NumberField
      label={label}
      value={shown(value, form)}
      error={error}
      focused={focused}
      digits={form.digits}
      {...(form.unit === undefined ? {} : { unit: form.unit, width: 140 })}
      onChange={(next) => onChange(kept(next, form), true)}
    />
  )
}

/** Two numbers, both included. */
export function RangeInput({ label, value, error, focused, form, onChange }: Props) {
  const text = useText()
  const [from, to] = (Array.isArray(value) ? value : []) as [unknown?, unknown?]
  const ends = [
    { name: text('condition.from', { field: label }), value: from, set: (next: unknown) => [next, to] },
    { name: text('condition.to', { field: label }), value: to, set: (next: unknown) => [from, next] },
  ]
  return (
    <Group gap={6} wrap="nowrap">
      {ends.map((end, index) => (
        <Group key={end.name} gap={6} wrap="nowrap">
          {index > 0 && (
            <Text span fz="sm">
              {text('canvas.field.and')}
            </Text>
          )}
          <NumberField
            label={end.name}
            value={shown(end.value, form)}
            error={error}
            focused={focused && index === 0}
            digits={form.digits}
            width={form.unit === undefined ? 88 : 112}
            {...(form.unit === undefined ? {} : { unit: form.unit })}
            onChange={(next) => onChange(end.set(kept(next, form)), true)}
          />
        </Group>
      ))}
    </Group>
  )
}

type CountProps = ControlProps & { limits: Limits; reaches: readonly number[] }

/** A whole number that is typed or dragged: how many, or how many days. */
export function CountInput({ label, value, error, focused, limits, reaches, onChange }: CountProps) {
  const text = useText()
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = limits
  return (
    <Stack gap={2}>
      <NumberField
        label={label}
        value={typeof value === 'number' ? value : undefined}
        min={min}
        max={max}
        error={error}
        focused={focused}
        onChange={onChange}
      />
      <DragRow
        label={text('condition.drag', { field: label })}
        value={typeof value === 'number' ? value : min}
        min={min}
        max={max}
        reaches={reaches}
        onChange={onChange}
      />
    </Stack>
  )
}
