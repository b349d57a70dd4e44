/**
 * A line through values, as the `d` of an SVG path in a box of the given size; the lowest value lies at the bottom, a
 * line without change in the middle.
 */
export function sparkPath(values: readonly number[], width: number, height: number): string {
  if (values.length === 0) return ''
  const low = Math.min(...values)
  const span = Math.max(...values) - low
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const y = (value: number) => (span === 0 ? height / 2 : height - ((value - low) / span) * height)
  const points = values.map((value, index) => `${round(index * step)} ${round(y(value))}`)
  return values.length === 1 ? `M0 ${height / 2}H${width}` : `M${points.join('L')}`
}

const round = (value: number): number => Math.round(value * 100) / 100
