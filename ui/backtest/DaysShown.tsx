import { Group } from '@mantine/core'
import { useState } from 'react'
import type { Day } from '../../rules/time.ts'
import type { ChartDay } from '../history/chart.ts'
import { SizeChart } from '../history/SizeChart.tsx'
import { SizeTable } from '../history/SizeTable.tsx'
import { type View, ViewSwitch } from '../history/ViewSwitch.tsx'

type Props = { days: readonly ChartDay[]; chosen: Day | undefined; onChoose: (day: Day) => void }

/** Members, entered and left by day: as a picture, or as the table behind it. */
export function DaysShown(props: Props) {
  const [view, setView] = useState<View>('picture')
  const Shown = view === 'picture' ? SizeChart : SizeTable
  return (
    <div>
      <Group justify="flex-end" mb={4}>
        <ViewSwitch view={view} onChange={setView} />
      </Group>
      <Shown {...props} />
    </div>
  )
}
