import { sparkPath } from './sparkline.ts'

const WIDTH = 92
const HEIGHT = 18

/** The way of a number over some days as a small line; orange when it ends lower than it began. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const falls = (values.at(-1) ?? 0) < (values[0] ?? 0)
  return (
    <svg width={WIDTH} height={HEIGHT + 4} viewBox={`0 -2 ${WIDTH} ${HEIGHT + 4}`} role="img" aria-label={label}>
      <path
        d={sparkPath(values, WIDTH, HEIGHT)}
        fill="none"
        stroke={falls ? 'var(--attention)' : 'var(--mantine-color-green-text)'}
        strokeWidth={1.6}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
