import { useQuery } from '@tanstack/react-query'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { accountQuery } from './accountQuery.ts'
import { PasswordFields } from './PasswordFields.tsx'
import { ProfileFields } from './ProfileFields.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { SessionList } from './SessionList.tsx'

/** What somebody can change about their own account, and where it is signed in. */
export function AccountPage() {
  const text = useText()
  const { data, error, refetch } = useQuery(accountQuery)
  return (
    <Page title={text('account.title')}>
      {data ? (
        <div style={{ maxWidth: 620 }}>
          <ProfileFields account={data} />
          <PasswordFields />
          <SecondFactor account={data} />
          <SessionList sessions={data.sessions} />
        </div>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={6} />}</ListPanel>
      )}
    </Page>
  )
}
