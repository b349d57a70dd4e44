import { Paper } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import type { Day } from '../../rules/time.ts'
import { useText } from '../shared/useText.tsx'
import { type ChartDay, dayAt, layoutChart } from './chart.ts'
import { DayNumbers } from './DayNumbers.tsx'
import classes from './SizeChart.module.css'
import { useDayText } from './useDayText.ts'

const HEIGHT = 250

type Props = { days: readonly ChartDay[]; chosen: Day | undefined; onChoose: (day: Day) => void }

/**
 * The number of members over days as a line, who came and went as bars under it. The picture has a summary; over it lies
 * a slider that goes from day to day by pointer or arrow keys, says each day's numbers, and on a click or Enter shows who
 * they were.
 */
export function SizeChart({ days, chosen, onChoose }: Props) {
  const text = useText()
  const intl = useIntl()
  const dayText = useDayText()
  const { ref, width } = useElementSize()
  const [pointed, setPointed] = useState<number | null>(null)
  const chart = layoutChart(days, width, HEIGHT)
  const [first, last] = [days[0], days.at(-1)]
  const sum = (of: (day: ChartDay) => number) => days.reduce((total, day) => total + of(day), 0)
  const shown = pointed === null ? undefined : days[pointed]
  const marked = pointed ?? days.findIndex(({ day }) => day === chosen)
  const at = chart.points[days.length === 1 ? 0 : marked]
  const choose = () => shown && onChoose(shown.day)
  const spoken = shown ?? last
  const valueText =
    spoken &&
    text('history.daySummary', {
      day: dayText(spoken.day),
      members: spoken.members,
      entered: spoken.entered,
      left: spoken.left,
    })
  const bar = Math.max(1, Math.min(14, chart.step * 0.6))
  return (
    <div className={classes.chart}>
      <div ref={ref} className={classes.canvas}>
        <svg
          width="100%"
          height={HEIGHT}
          role="img"
          aria-label={text('history.sizeSummary', {
            first: first?.members ?? 0,
            from: first && dayText(first.day),
            last: last?.members ?? 0,
            to: last && dayText(last.day),
            entered: sum(({ entered }) => entered),
            left: sum(({ left }) => left),
          })}
        >
          {chart.scale.map(({ value, y }) => (
            <g key={value}>
              <line x1={44} x2="100%" y1={y} y2={y} className={classes.grid} />
              <text x={38} y={y + 4} className={classes.number} textAnchor="end">
                {intl.formatNumber(value)}
              </text>
            </g>
          ))}
          {at && <rect x={at.x - chart.step / 2} y={0} width={chart.step} height={HEIGHT} className={classes.marked} />}
          <path d={chart.area} className={classes.area} />
          <path d={chart.line} className={classes.line} />
          <line x1={44} x2="100%" y1={chart.ground} y2={chart.ground} className={classes.grid} />
          {chart.points.map(({ x, entered, left }, index) => (
            <g key={days[index]?.day}>
              <rect
                x={x - bar / 2}
                y={chart.ground - entered}
                width={bar}
                height={entered}
                className={classes.entered}
              />
              <rect x={x - bar / 2} y={chart.ground} width={bar} height={left} className={classes.left} />
            </g>
          ))}
          {at && <circle cx={at.x} cy={at.y} r={4} className={classes.point} />}
        </svg>
        <input
          type="range"
          className={classes.pointer}
          style={{ height: HEIGHT }}
          min={0}
          max={days.length - 1}
          value={marked < 0 ? days.length - 1 : marked}
          aria-label={text('history.day')}
          aria-valuetext={valueText}
          onChange={({ currentTarget: { value } }) => setPointed(Number(value))}
          onPointerMove={({ clientX, currentTarget }) =>
            setPointed(dayAt(clientX - currentTarget.getBoundingClientRect().left, chart, days.length))
          }
          onPointerLeave={() => setPointed(null)}
          onBlur={() => setPointed(null)}
          onClick={choose}
          onKeyDown={({ key }) => key === 'Enter' && choose()}
        />
        <div className={classes.ends} aria-hidden="true">
          <span>{first && dayText(first.day)}</span>
          <span>{last && last !== first && dayText(last.day)}</span>
        </div>
        {shown && at && (
          <Paper
            className={classes.tip}
            shadow="md"
            aria-hidden="true"
            data-left={at.x > width / 2 || undefined}
            style={{ left: at.x }}
          >
            <DayNumbers day={shown} />
          </Paper>
        )}
      </div>
    </div>
  )
}
