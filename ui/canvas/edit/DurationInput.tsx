import { Group, NativeSelect, Stack } from '@mantine/core'
import type { Duration } from '../../../rules/kinds.ts'
import { useText } from '../../shared/useText.tsx'
import type { Limits } from './catalogueTypes.ts'
import type { ControlProps } from './control.ts'
import { DragRow } from './DragRow.tsx'
import { NumberField } from './NumberField.tsx'

const UNITS = ['days', 'weeks', 'months'] as const
type Unit = (typeof UNITS)[number]

/** How far the line for dragging reaches, in steps: what most people ask for first. */
const REACHES: Readonly<Record<Unit, readonly number[]>> = {
  days: [91, 366, 1_096, 3_653],
  weeks: [27, 105, 521],
  months: [25, 61, 121],
}

type Props = ControlProps<Duration> & { limits: Limits }

/** A number of days, weeks or months, typed or dragged. */
export function DurationInput({ label, value, error, focused, limits, onChange }: Props) {
  const text = useText()
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  const unit = UNITS.find((one) => one in given) ?? 'days'
  const count = typeof given[unit] === 'number' ? given[unit] : undefined
  const longest = limits.units?.[unit]
  const change = (next: number | undefined, settled: boolean, of: Unit = unit): void =>
    // without a number the unit stays
    onChange({ [of]: next } as Duration, settled)
  return (
    <Stack gap={2}>
      <Group gap={6} wrap="nowrap">
        <NumberField
          label={label}
          value={count}
          min={0}
          max={longest}
          error={error}
          focused={focused}
          onChange={change}
        />
        <NativeSelect
          flex={1}
          aria-label={text('canvas.field.unit')}
          value={unit}
          data={UNITS.map((one) => ({ value: one, label: text(`canvas.unit.${one}`) }))}
          onChange={(event) => change(count, true, event.currentTarget.value as Unit)}
        />
      </Group>
      <DragRow
        key={unit}
        label={text('condition.drag', { field: label })}
        value={count ?? 0}
        min={0}
        max={longest ?? 36_500}
        reaches={REACHES[unit]}
        onChange={change}
      />
    </Stack>
  )
}
