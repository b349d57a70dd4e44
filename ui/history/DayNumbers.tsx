import { Count } from '../shared/Count.tsx'
import { Day } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import type { ChartDay } from './chart.ts'
import classes from './SizeChart.module.css'

/** What one day of the chart stands for. */
export function DayNumbers({ day: { day, members, entered, left } }: { day: ChartDay }) {
  const text = useText()
  return (
    <>
      <strong>
        <Day day={day} />
      </strong>
      <dl className={classes.numbers}>
        <dt>{text('history.members')}</dt>
        <dd>
          <Count value={members} />
        </dd>
        <dt>{text('history.entered')}</dt>
        <dd>
          <Count value={entered} signed />
        </dd>
        <dt>{text('history.left')}</dt>
        <dd>
          <Count value={-left} signed />
        </dd>
      </dl>
    </>
  )
}
