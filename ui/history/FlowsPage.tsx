import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { segmentsQuery } from '../client/segments.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useText } from '../shared/useText.tsx'
import { FlowChoices } from './FlowChoices.tsx'
import classes from './Flows.module.css'
import { FlowsShown } from './FlowsShown.tsx'
import { pickedFrom, scopeFrom } from './flowSearch.ts'
import { PeriodPicker } from './PeriodPicker.tsx'
import { periodFrom, periodToSearch } from './period.ts'
import { useToday } from './useToday.ts'

const route = getRouteApi('/shell/flows')

/** Who became what: between picked segments, over any period, everything in the address. */
export function FlowsPage() {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const today = useToday()
  const { data: segments, error, refetch } = useQuery(segmentsQuery)
  const period = periodFrom(search, today)
  const scope = scopeFrom(search)
  const chosenProvider = useChosenProvider(search.provider)
  /** Asks something else; the flow that was looked into is another one then. */
  const ask = (part: Partial<Record<keyof typeof search, string | undefined>>) =>
    void navigate({
      search: (before) => changedSearch(before, { ...part, start: undefined, end: undefined }),
      replace: true,
      resetScroll: false,
    })

  const picked = pickedFrom(search, segments?.items ?? [])
  const provider = scope === 'provider' ? (chosenProvider ?? undefined) : undefined
  return (
    <Page title={text('flows.title')} back={{ to: '/segments' }}>
      <p className={classes.lead}>{text('flows.lead')}</p>
      {segments ? (
        <>
          <FlowChoices
            period={
              <PeriodPicker period={period} today={today} onChange={(next) => ask(periodToSearch(next, today))} />
            }
            segments={segments.items}
            scope={scope}
            picked={picked}
            provider={provider ?? null}
            onChange={ask}
          />
          <FlowsShown
            asked={{ ...period, segments: picked, provider }}
            segments={segments.items}
            today={today}
            needsProvider={scope === 'provider' && provider === undefined}
            search={search}
          />
        </>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={8} />}</ListPanel>
      )}
    </Page>
  )
}
