import { IconUserStar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Segment } from '../../api/contract/segments.ts'
import { providersQuery } from '../client/providers.ts'
import { segmentOfProviderQuery } from '../client/segments.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useText } from '../shared/useText.tsx'
import { Members } from './Members.tsx'
import classes from './SegmentPage.module.css'

const route = getRouteApi('/shell/segments/$id')

/** The members of a segment that is evaluated for each provider: whose they are is chosen first, and stays in the address. */
export function ProviderMembers({ segment }: { segment: Segment }) {
  const text = useText()
  const navigate = route.useNavigate()
  const provider = useChosenProvider(route.useSearch().provider)
  const providers = useQuery(providersQuery)
  const select = (
    <ProviderSelect
      value={provider}
      onChange={(next) =>
        void navigate({
          search: (before) => changedSearch(before, { provider: next ?? undefined }),
          replace: true,
          resetScroll: false,
        })
      }
    />
  )
  if (provider !== null) {
    return (
      <>
        <div className={classes.provider}>{select}</div>
        <MembersOf segment={segment} provider={provider} key={provider} />
      </>
    )
  }
  return (
    <ListPanel>
      {providers.data ? (
        <EmptyState
          icon={IconUserStar}
          title={text('segment.providerTitle')}
          text={text('segment.providerText')}
          action={select}
        />
      ) : providers.error ? (
        <ErrorState error={providers.error} onRetry={providers.refetch} />
      ) : (
        <RowsLoading rows={6} />
      )}
    </ListPanel>
  )
}

/** Asked for again when their own number changes, not that of all providers together. */
function MembersOf({ segment, provider }: { segment: Segment; provider: string }) {
  const { data } = useQuery({ ...segmentOfProviderQuery(segment.id, provider), refetchInterval: 5_000 })
  return <Members segment={data ?? segment} provider={provider} />
}
