import { useElementSize } from '@mantine/hooks'
import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import classes from './Report.module.css'
import type { Stretch } from './stretch.ts'

const HEIGHT = 150
const FOOT = HEIGHT - 4
const LEFT = 40
const TOP = 8

/** A round number that no bar is higher than. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return ([1, 2, 5, 10].find((times) => times * unit >= value) ?? 10) * unit
}

/** First openings and clicks as bars, stretch by stretch; a summary says the same in words. */
export function TimeChart({ stretches }: { stretches: readonly Stretch[] }) {
  const text = useText()
  const intl = useIntl()
  const { ref, width } = useElementSize()
  const most = roundUp(Math.max(1, ...stretches.map(({ opened, clicked }) => Math.max(opened, clicked))))
  const step = Math.max(0, width - LEFT) / stretches.length
  const bar = Math.max(1, Math.min(22, step * 0.7))
  const height = (value: number) => (value === 0 ? 0 : Math.max(2, (value / most) * (FOOT - TOP)))
  const sum = (of: (stretch: Stretch) => number) => stretches.reduce((total, stretch) => total + of(stretch), 0)
  const [first, last] = [stretches[0], stretches.at(-1)]
  return (
    <div className={classes.chart} ref={ref}>
      <svg
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={text('report.overTimeSummary', {
          opened: sum(({ opened }) => opened),
          clicked: sum(({ clicked }) => clicked),
          from: first?.name,
          to: last?.name,
        })}
      >
        {[0, most / 2, most]
          .filter((value) => Number.isInteger(value))
          .map((value) => {
            const y = FOOT - (value / most) * (FOOT - TOP)
            return (
              <g key={value}>
                <line x1={LEFT} x2="100%" y1={y} y2={y} className={classes.grid} />
                <text x={LEFT - 6} y={y + 4} className={classes.scale} textAnchor="end">
                  {intl.formatNumber(value, { notation: 'compact' })}
                </text>
              </g>
            )
          })}
        {stretches.map((stretch, index) => {
          const x = LEFT + (index + 0.5) * step - bar / 2
          const { name, opened, clicked } = stretch
          return (
            <g key={name + String(index)}>
              <title>{text('report.stretch', { name, opened, clicked })}</title>
              <rect x={LEFT + index * step} y={0} width={step} height={HEIGHT} fill="transparent" />
              <rect x={x} y={FOOT - height(opened)} width={bar} height={height(opened)} className={classes.opened} />
              <rect x={x} y={FOOT - height(clicked)} width={bar} height={height(clicked)} className={classes.clicked} />
            </g>
          )
        })}
      </svg>
      <div className={classes.legend} aria-hidden="true">
        <span>{first?.name}</span>
        <span>
          <span className={classes.key} data-light>
            {text('report.opened')}
          </span>
          <span className={classes.key}>{text('report.clicked')}</span>
        </span>
        <span>{last !== first && last?.name}</span>
      </div>
    </div>
  )
}
