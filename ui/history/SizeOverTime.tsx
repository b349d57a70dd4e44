import { useState } from 'react'
import type { Day } from '../../rules/time.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './History.module.css'
import { SizeChart } from './SizeChart.tsx'
import { SizeTable } from './SizeTable.tsx'
import type { useSizeOverTime } from './useSizeOverTime.ts'
import { type View, ViewSwitch } from './ViewSwitch.tsx'

type Props = {
  size: ReturnType<typeof useSizeOverTime>
  chosen: Day | undefined
  onChoose: (day: Day) => void
}

/** The number of members over time, as a picture or as the table behind it. */
export function SizeOverTime({ size: { data, error, refetch }, chosen, onChoose }: Props) {
  const text = useText()
  const [view, setView] = useState<View>('picture')
  const Shown = view === 'picture' ? SizeChart : SizeTable
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>{text('history.size')}</h2>
        <ViewSwitch view={view} onChange={setView} />
      </div>
      {data ? (
        <Shown days={data.days} chosen={chosen} onChoose={onChoose} />
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <RowsLoading rows={5} />
      )}
    </>
  )
}
