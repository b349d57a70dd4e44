import { Stack, Text } from '@mantine/core'
import { IconArrowsSplit2, IconUserStar } from '@tabler/icons-react'
import { useState } from 'react'
import type { Segment } from '../../api/contract/segments.ts'
import type { Day } from '../../rules/time.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import { FlowCustomers } from './FlowCustomers.tsx'
import flowClasses from './Flows.module.css'
import { FlowTable } from './FlowTable.tsx'
import { type FlowSearch, flowFrom } from './flowSearch.ts'
import classes from './History.module.css'
import { SankeyPicture } from './SankeyPicture.tsx'
import type { Flow } from './sankey.ts'
import { useDayText } from './useDayText.ts'
import { type FlowsAsked, useFlows } from './useFlows.ts'
import { type View, ViewSwitch } from './ViewSwitch.tsx'

type Props = {
  asked: FlowsAsked
  segments: readonly Segment[]
  today: Day
  needsProvider: boolean
  search: FlowSearch
}

/** The flows as a picture or a table, and under it the customers of the one that was clicked. */
export function FlowsShown({ asked, segments, today, needsProvider, search }: Props) {
  const text = useText()
  const dayText = useDayText()
  const words = useSegmentWords()
  const [view, setView] = useState<View>('picture')
  const { data, error, refetch } = useFlows(asked, asked.segments.length > 0 && !needsProvider)
  const nameOf = (place: Flow['start']) => {
    const segment = segments.find(({ id }) => id === place)
    return segment === undefined ? (place ?? text('flows.none')) : words.nameOf(segment)
  }
  if (needsProvider) {
    return (
      <ListPanel>
        <EmptyState icon={IconUserStar} title={text('segment.providerTitle')} text={text('segment.providerText')} />
      </ListPanel>
    )
  }
  if (asked.segments.length === 0) {
    return (
      <ListPanel>
        <EmptyState icon={IconArrowsSplit2} title={text('flows.pickTitle')} text={text('flows.pickText')} />
      </ListPanel>
    )
  }
  if (data === undefined) {
    return <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={8} />}</ListPanel>
  }
  const flow = flowFrom(search, data.flows)
  const Shown = view === 'picture' ? SankeyPicture : FlowTable
  return (
    <Stack gap="md">
      <ListPanel>
        <div className={classes.head}>
          <Text fz="sm" c="dimmed">
            {text('flows.hint')}
          </Text>
          <ViewSwitch view={view} onChange={setView} />
        </div>
        {data.flows.length === 0 ? (
          <EmptyState icon={IconArrowsSplit2} title={text('flows.emptyTitle')} text={text('flows.emptyText')} />
        ) : (
          <>
            <div className={flowClasses.ends}>
              <span>{text('flows.atBegin', { day: dayText(data.from) })}</span>
              <span>{data.to === today ? text('flows.now') : text('flows.atEnd', { day: dayText(data.to) })}</span>
            </div>
            <Shown flows={data} nameOf={nameOf} chosen={flow} />
          </>
        )}
      </ListPanel>
      {flow && <FlowCustomers key={`${flow.start} ${flow.end}`} asked={asked} flow={flow} nameOf={nameOf} />}
    </Stack>
  )
}
