import { useQuery } from '@tanstack/react-query'
import { homeQuery } from '../client/home.ts'
import { useSession } from '../client/session.ts'
import { LoyaltySegments } from '../loyalty/LoyaltySegments.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { Changes } from './Changes.tsx'
import { Charts } from './Charts.tsx'
import classes from './Home.module.css'
import { NeedsYou } from './NeedsYou.tsx'
import { SendingNow } from './SendingNow.tsx'

/** Where one lands: what needs somebody, what is being sent, what has changed, and how it is going. */
export function HomePage() {
  const text = useText()
  const { provider } = useSession().user
  const { data, error, refetch } = useQuery(homeQuery)
  return (
    <Page title={text('home.title')}>
      <div className={classes.top}>
        <NeedsYou />
        <SendingNow />
      </div>
      {provider !== null && (
        <div className={classes.week}>
          <LoyaltySegments provider={provider.id} />
        </div>
      )}
      {data ? (
        <>
          <Changes home={data} />
          <Charts home={data} />
        </>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={8} />}</ListPanel>
      )}
    </Page>
  )
}
