import type { SizeOverTime } from '../../api/contract/segmentHistory.ts'

export type ChartDay = SizeOverTime['days'][number]

/** Where the parts of the chart lie, in pixels of its box. */
export type Chart = {
  /** The way of the number, as the `d` of a path, and the same closed at its foot. */
  line: string
  area: string
  /** The middle of each day, with the height of its number and of its two bars. */
  points: { x: number; y: number; entered: number; left: number }[]
  /** Numbers at the side with their heights. */
  scale: { value: number; y: number }[]
  /** The line that the bars stand on and hang from. */
  ground: number
  /** Room for one day. */
  step: number
}

/** Room at the sides for the numbers, and the share of the height that the bars have. */
const SIDE = { left: 48, right: 8 }
const TOP = 10
const BARS = 56
const GAP = 18

/**
 * Lays out the number of members over days, with a bar up for those who entered and one down for those who left. Bars
 * show who moved; when the segment was computed, everybody “entered” at once, and no other bar could be seen beside that.
 */
export function layoutChart(days: readonly ChartDay[], width: number, height: number): Chart {
  const step = Math.max(1, width - SIDE.left - SIDE.right) / Math.max(1, days.length)
  const foot = height - BARS - GAP
  const { ticks, low, high } = ticksOf(days.map(({ members }) => members))
  const y = (value: number) => foot - ((value - low) / Math.max(1, high - low)) * (foot - TOP)
  const moved = days.map(({ entered, left, computed }) => ({
    entered: entered - computed.entered,
    left: left - computed.left,
  }))
  const most = Math.max(1, ...moved.map(({ entered, left }) => Math.max(entered, left)))
  const bar = (value: number) => (value === 0 ? 0 : Math.max(1.5, (value / most) * (BARS / 2)))
  const points = days.map(({ members }, index) => ({
    x: SIDE.left + (index + 0.5) * step,
    y: y(members),
    entered: bar(moved[index]?.entered ?? 0),
    left: bar(moved[index]?.left ?? 0),
  }))
  const line = points.map(({ x, y: height }) => `${round(x)} ${round(height)}`).join('L')
  const [first, last] = [points[0], points.at(-1)]
  return {
    line: line === '' ? '' : `M${line}`,
    area: first && last ? `M${round(first.x)} ${foot}L${line}L${round(last.x)} ${foot}Z` : '',
    points,
    scale: ticks.map((value) => ({ value, y: y(value) })),
    ground: height - BARS / 2,
    step,
  }
}

/** Three to five round numbers that hold all values; from nought where that does not flatten the line. */
export function ticksOf(values: readonly number[]): { ticks: number[]; low: number; high: number } {
  const [least, most] = [Math.min(...values, Number.MAX_SAFE_INTEGER), Math.max(...values, 0)]
  const from = most - least > most / 4 ? 0 : least
  const rough = Math.max(1, (most - from) / 3)
  const unit = 10 ** Math.floor(Math.log10(rough))
  const size = Math.max(1, ([1, 2, 5, 10].find((times) => times * unit >= rough) ?? 10) * unit)
  const low = Math.floor(from / size) * size
  const high = Math.max(low + size, Math.ceil(most / size) * size)
  const ticks = Array.from({ length: Math.round((high - low) / size) + 1 }, (_, index) => low + index * size)
  return { ticks, low, high }
}

const round = (value: number): number => Math.round(value * 100) / 100

/** The number of the day under a place of the chart. */
export const dayAt = (x: number, { step }: Chart, days: number): number =>
  Math.min(days - 1, Math.max(0, Math.floor((x - SIDE.left) / step)))
