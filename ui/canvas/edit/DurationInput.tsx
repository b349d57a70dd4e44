import { Group, NativeSelect, NumberInput } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'

const UNITS = ['days', 'weeks', 'months'] as const
type Unit = (typeof UNITS)[number]

/** About a hundred years, as the rule language allows. */
const LONGEST: Readonly<Record<Unit, number>> = { days: 36_500, weeks: 5_200, months: 1_200 }

type Props = { label: string; value: unknown; focused?: boolean; onChange: (value: Record<string, number>) => void }

/** A number of days, weeks or months. */
export function DurationInput({ label, value, focused = false, onChange }: Props) {
  const text = useText()
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  const unit = UNITS.find((one) => typeof given[one] === 'number') ?? 'days'
  const count = typeof given[unit] === 'number' ? given[unit] : 0
  return (
    <Group gap={6} wrap="nowrap">
      <NumberInput
        w={90}
        aria-label={label}
        value={count}
        min={0}
        max={LONGEST[unit]}
        allowDecimal={false}
        clampBehavior="strict"
        data-autofocus={focused || undefined}
        onChange={(next) => typeof next === 'number' && onChange({ [unit]: next })}
      />
      <NativeSelect
        aria-label={text('canvas.field.unit')}
        value={unit}
        data={UNITS.map((one) => ({ value: one, label: text(`canvas.unit.${one}`) }))}
        onChange={(event) => {
          const next = event.currentTarget.value as Unit
          onChange({ [next]: Math.min(count, LONGEST[next]) })
        }}
      />
    </Group>
  )
}
