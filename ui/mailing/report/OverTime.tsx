import { Group, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import type { Report } from '../../../api/contract/reports.ts'
import { useSession } from '../../client/session.ts'
import { useDayText } from '../../history/useDayText.ts'
import { type View, ViewSwitch } from '../../history/ViewSwitch.tsx'
import { useText } from '../../shared/useText.tsx'
import { Part } from './Part.tsx'
import type { Stretch } from './stretch.ts'
import { TimeChart } from './TimeChart.tsx'
import { TimeTable } from './TimeTable.tsx'

/** When it was read: by the hour in the beginning, by the day later, as a picture or as the table behind it. */
export function OverTime({ overTime }: { overTime: Report['over_time'] }) {
  const text = useText()
  const intl = useIntl()
  const dayText = useDayText()
  const { business } = useSession()
  const [chosen, choose] = useState<'hours' | 'days' | null>(null)
  const [view, setView] = useState<View>('picture')
  const by = chosen ?? (overTime.days.length > 3 ? 'days' : 'hours')
  const hourText = (at: string) =>
    intl.formatDate(at, { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone: business.time_zone })
  const stretches: Stretch[] =
    by === 'hours'
      ? overTime.hours.map(({ at, ...counts }) => ({ name: hourText(at), ...counts }))
      : overTime.days.map(({ day, ...counts }) => ({ name: dayText(day), ...counts }))
  return (
    <Part
      question={text('report.overTime')}
      aside={
        <Group gap={8}>
          <SegmentedControl
            size="xs"
            aria-label={text('report.by')}
            value={by}
            onChange={(value) => choose(value === 'hours' ? 'hours' : 'days')}
            data={[
              { value: 'hours', label: text('report.hours') },
              { value: 'days', label: text('report.days') },
            ]}
          />
          <ViewSwitch view={view} onChange={setView} />
        </Group>
      }
    >
      {stretches.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {text('report.notSentYet')}
        </Text>
      ) : view === 'picture' ? (
        <TimeChart stretches={stretches} />
      ) : (
        <TimeTable stretches={stretches} />
      )}
    </Part>
  )
}
