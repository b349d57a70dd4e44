import { Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { Segment } from '../../api/contract/segments.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { ListPanel } from '../shared/ListPanel.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useText } from '../shared/useText.tsx'
import { causesFrom, wayFrom } from './causes.ts'
import classes from './History.module.css'
import { PeriodPicker } from './PeriodPicker.tsx'
import { periodFrom, periodToSearch, readDay } from './period.ts'
import { SizeOverTime } from './SizeOverTime.tsx'
import { TransitionFilters } from './TransitionFilters.tsx'
import { Transitions } from './Transitions.tsx'
import { useSizeOverTime } from './useSizeOverTime.ts'
import { useToday } from './useToday.ts'

const route = getRouteApi('/shell/segments/$id/history')

/** Size over time and the list under it: a period for both, and what the list is narrowed by, all in the address. */
export function SegmentHistory({ segment }: { segment: Segment }) {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const today = useToday()
  const period = periodFrom(search, today)
  const provider = segment.scope === 'provider' ? search.provider : undefined
  const day = readDay(search.day)
  const [causes, way] = [causesFrom(search.cause), wayFrom(search.way)]
  const listed = day === undefined ? period : { from: day, to: day }
  const size = useSizeOverTime(segment.id, { ...period, provider })
  const sums = useSizeOverTime(segment.id, { ...listed, provider }).data?.causes ?? []
  const change = (part: Partial<Record<keyof typeof search, string | undefined>>) =>
    void navigate({ search: (before) => changedSearch(before, part), replace: true, resetScroll: false })

  return (
    <>
      <div className={classes.choices}>
        <PeriodPicker
          period={period}
          today={today}
          onChange={(next) => change({ ...periodToSearch(next, today), day: undefined })}
        />
        {segment.scope === 'provider' && (
          <ProviderSelect all value={provider ?? null} onChange={(next) => change({ provider: next ?? undefined })} />
        )}
      </div>
      <Stack gap="md">
        <ListPanel>
          <SizeOverTime size={size} chosen={day} onChoose={(next) => change({ day: next })} />
        </ListPanel>
        <ListPanel>
          <div className={classes.head}>
            <h2 className={classes.title}>{text('history.who')}</h2>
            <TransitionFilters sums={sums} way={way} causes={causes} day={day} onChange={change} />
          </div>
          <Transitions segment={segment} asked={{ ...listed, provider, causes, way }} />
        </ListPanel>
      </Stack>
    </>
  )
}
