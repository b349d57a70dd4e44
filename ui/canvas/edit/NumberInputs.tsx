import { Group, NumberInput, Text } from '@mantine/core'
import { useText } from '../../shared/useText.tsx'

const LARGEST = 1_000_000_000_000

type OneProps = {
  label: string
  value: unknown
  minor: boolean
  focused?: boolean
  onChange: (value: number) => void
}

/** A number; `minor`: an amount of money, kept in minor units and shown in whole ones. */
export function OneNumberInput({ label, value, minor, focused = false, onChange }: OneProps) {
  const scale = minor ? 100 : 1
  return (
    <NumberInput
      w={minor ? 120 : 100}
      aria-label={label}
      value={typeof value === 'number' ? value / scale : ''}
      min={-LARGEST}
      max={LARGEST}
      decimalScale={2}
      data-autofocus={focused || undefined}
      onChange={(next) => typeof next === 'number' && onChange(minor ? Math.round(next * scale) : next)}
    />
  )
}

type RangeProps = {
  label: string
  value: unknown
  minor: boolean
  focused?: boolean
  onChange: (value: [number, number]) => void
}

/** Two numbers, both included. */
export function RangeInput({ label, value, minor, focused = false, onChange }: RangeProps) {
  const text = useText()
  const [from, to] = (Array.isArray(value) ? value : [0, 0]) as [number, number]
  return (
    <Group gap={6} wrap="nowrap">
      <OneNumberInput
        label={label}
        value={from}
        minor={minor}
        focused={focused}
        onChange={(next) => onChange([next, to])}
      />
      <Text span fz="sm">
        {text('canvas.field.and')}
      </Text>
      <OneNumberInput label={label} value={to} minor={minor} onChange={(next) => onChange([from, next])} />
    </Group>
  )
}
