import { IconUserStar } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { providersQuery } from '../client/providers.ts'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { ProviderSelect } from '../shared/ProviderSelect.tsx'
import { useChosenProvider } from '../shared/useChosenProvider.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Loyalty.module.css'
import { LoyaltyMailings } from './LoyaltyMailings.tsx'
import { LoyaltySegments } from './LoyaltySegments.tsx'
import { Unsubscribing } from './Unsubscribing.tsx'

const route = getRouteApi('/shell/loyalty')

/** Everything a provider does for those who come back: this week's mailings, what became of earlier ones, who wants none. */
export function LoyaltyPage() {
  const text = useText()
  const navigate = route.useNavigate()
  const provider = useChosenProvider(route.useSearch().provider)
  const providers = useQuery(providersQuery)
  const select = (
    <ProviderSelect
      value={provider}
      onChange={(next) =>
        void navigate({ search: (before) => changedSearch(before, { provider: next ?? undefined }), replace: true })
      }
    />
  )
  return (
    <Page title={text('loyalty.title')} actions={provider !== null && select}>
      {provider === null ? (
        <ListPanel>
          {providers.data ? (
            providers.data.items.length === 0 ? (
              <EmptyState icon={IconUserStar} title={text('loyalty.nobodyTitle')} text={text('loyalty.nobodyText')} />
            ) : (
              <EmptyState
                icon={IconUserStar}
                title={text('loyalty.chooseTitle')}
                text={text('loyalty.chooseText')}
                action={select}
              />
            )
          ) : providers.error ? (
            <ErrorState error={providers.error} onRetry={providers.refetch} />
          ) : (
            <RowsLoading rows={6} />
          )}
        </ListPanel>
      ) : (
        <div className={classes.page} key={provider}>
          <div className={classes.main}>
            <LoyaltySegments provider={provider} />
            <LoyaltyMailings provider={provider} />
          </div>
          <Unsubscribing provider={provider} />
        </div>
      )}
    </Page>
  )
}
