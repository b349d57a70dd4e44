import { ticksOf } from '../history/chart.ts'

/** Where the parts of a small chart lie, in pixels of its box. */
export type Layout = {
  scale: { value: number; y: number }[]
  /** One for each day, from its left edge; of a line they only say where to point. */
  bars: { x: number; parts: { y: number; height: number }[] }[]
  /** The way of a line, and the same closed at its foot, as the `d` of a path. */
  line: string
  area: string
  /** Room for one day. */
  step: number
}

const SIDE = { left: 46, right: 4 }
const TOP = 8
const FOOT = 6

/** Lays out numbers over days: bars from nought, or a line over the range that it has. */
export function layOut(
  days: readonly { values: readonly number[] }[],
  kind: 'bars' | 'line',
  width: number,
  height: number,
): Layout {
  const step = Math.max(1, width - SIDE.left - SIDE.right) / Math.max(1, days.length)
  const firsts = days.map(({ values }) => values[0] ?? 0)
  const { ticks, low, high } = ticksOf(kind === 'bars' ? [0, ...firsts] : firsts)
  const foot = height - FOOT
  const y = (value: number) => foot - ((value - low) / Math.max(1, high - low)) * (foot - TOP)
  const x = (index: number) => SIDE.left + index * step
  const points = firsts.map((value, index) => `${round(x(index) + step / 2)} ${round(y(value))}`).join('L')
  const [first, last] = [x(0) + step / 2, x(days.length - 1) + step / 2]
  return {
    scale: ticks.map((value) => ({ value, y: round(y(value)) })),
    bars: days.map(({ values }, index) => ({
      x: x(index),
      parts:
        kind === 'line'
          ? []
          : values.map((value) => ({
              y: round(value === 0 ? foot : Math.min(y(value), foot - 1.5)),
              height: round(value === 0 ? 0 : Math.max(1.5, foot - y(value))),
            })),
    })),
    line: days.length === 0 ? '' : `M${points}`,
    area: days.length === 0 ? '' : `M${round(first)} ${foot}L${points}L${round(last)} ${foot}Z`,
    step,
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
