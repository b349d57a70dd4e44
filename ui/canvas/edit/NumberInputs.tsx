import { Group, NumberInput, Text } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'

const LARGEST = 1_000_000_000_000

type OneProps = {
  label: string
  value: unknown
  digits: number
  focused?: boolean
  onChange: (value: number) => void
}

/** A number. Of money, which is kept in minor units, `digits` stand after the point; of anything else it is 0. */
export function OneNumberInput({ label, value, digits, focused = false, onChange }: OneProps) {
  const scale = 10 ** digits
  return (
    <NumberInput
      w={digits > 0 ? 120 : 100}
      aria-label={label}
      value={typeof value === 'number' ? value / scale : ''}
      min={-LARGEST}
      max={LARGEST}
      decimalScale={2}
      data-autofocus={focused || undefined}
      onChange={(next) => typeof next === 'number' && onChange(digits > 0 ? Math.round(next * scale) : next)}
    />
  )
}

type RangeProps = {
  label: string
  value: unknown
  digits: number
  focused?: boolean
  onChange: (value: [number, number]) => void
}

/** Two numbers, both included. */
export function RangeInput({ label, value, digits, focused = false, onChange }: RangeProps) {
  const text = useText()
  const [from, to] = (Array.isArray(value) ? value : [0, 0]) as [number, number]
  return (
    <Group gap={6} wrap="nowrap">
      <OneNumberInput
        label={label}
        value={from}
        digits={digits}
        focused={focused}
        onChange={(next) => onChange([next, to])}
      />
      <Text span fz="sm">
        {text('canvas.field.and')}
      </Text>
      <OneNumberInput label={label} value={to} digits={digits} onChange={(next) => onChange([from, next])} />
    </Group>
  )
}
