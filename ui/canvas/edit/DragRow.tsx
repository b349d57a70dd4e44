import { Slider } from '@mantine/core'
import { useState } from 'react'
import type { OnValue } from './control.ts'

type Props = {
  label: string
  value: number
  min: number
  /** As far as the value may go. */
  max: number
  /** How far the line reaches at first; a value at its end makes it reach further. */
  reaches: readonly number[]
  onChange: OnValue<number>
}

/**
 * A line along which a number is dragged, or moved by the arrow keys. While it is being dragged each value is told as one
 * that is not settled. The line keeps its length until then, so that a pixel stays worth the same.
 */
export function DragRow({ label, value, min, max, reaches, onChange }: Props) {
  const reachOf = (at: number): number => reaches.find((reach) => at < reach) ?? max
  const [dragged, setDragged] = useState<number | null>(null)
  const reach = dragged ?? reachOf(value)
  return (
    <Slider
      size="sm"
      py={6}
      min={min}
      max={Math.min(reach, max)}
      value={Math.min(value, reach)}
      label={null}
      thumbLabel={label}
      onChange={(next) => {
        setDragged(reach)
        onChange(next, false)
      }}
      onChangeEnd={(next) => {
        setDragged(null)
        onChange(next, true)
      }}
    />
  )
}
