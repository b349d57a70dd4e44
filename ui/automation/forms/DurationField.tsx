import { Group, NativeSelect, NumberInput } from '@mantine/core'
import { useId } from 'react'
import type { Duration } from '../../../rules/automations/automation.ts'
import { useText } from '../../shared/useText.tsx'
import { Field } from './Field.tsx'

const UNITS = ['minutes', 'hours', 'days', 'weeks'] as const
type Unit = (typeof UNITS)[number]

/** The longest wait, in each unit. */
const LONGEST: Readonly<Record<Unit, number>> = { minutes: 1_000_000, hours: 17_520, days: 730, weeks: 104 }

type Props = { label: string; value: Duration; autoFocus?: boolean; onChange: (value: Duration) => void }

/** A length of time, in the unit in which it was meant. */
export function DurationField({ label, value, autoFocus = false, onChange }: Props) {
  const text = useText()
  const id = useId()
  const unit = UNITS.find((one) => one in value) ?? 'days'
  const count = (value as Readonly<Record<string, number>>)[unit] ?? 1
  const change = (next: number, of: Unit): void => onChange({ [of]: next } as unknown as Duration)
  return (
    <Field label={label} htmlFor={id}>
      <Group gap={6} wrap="nowrap">
        <NumberInput
          id={id}
          w={96}
          min={1}
          max={LONGEST[unit]}
          allowDecimal={false}
          clampBehavior="strict"
          value={count}
          data-autofocus={autoFocus || undefined}
          onChange={(next) => typeof next === 'number' && change(next, unit)}
        />
        <NativeSelect
          flex={1}
          aria-label={text('canvas.field.unit')}
          value={unit}
          data={UNITS.map((one) => ({ value: one, label: text(`automation.unit.${one}`) }))}
          onChange={(event) => {
            const next = event.currentTarget.value as Unit
            change(Math.min(count, LONGEST[next]), next)
          }}
        />
      </Group>
    </Field>
  )
}
