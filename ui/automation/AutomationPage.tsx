import { IconRoute2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { AutomationDraft } from '../../api/contract/automations.ts'
import { automationDraftQuery, automationQuery } from '../client/automations.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PageLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { AutomationEditor } from './AutomationEditor.tsx'
import { AutomationLive } from './live/AutomationLive.tsx'

const route = getRouteApi('/shell/automations/$id')
const EVERY = 5_000

/** One automation: what it does now with everybody who is inside, or the draft of what it is to do. */
export default function AutomationPage() {
  const { id } = route.useParams()
  return <OneAutomation key={id} id={id} />
}

function OneAutomation({ id }: { id: string }) {
  const text = useText()
  const { mode } = route.useSearch()
  const maySeeDrafts = useMay('automations.try')
  const mayChange = useMay('automations.write')
  const automation = useQuery({ ...automationQuery(id), refetchInterval: EVERY })
  // what is in hand from an earlier visit may be older than what is kept
  const {
    data: kept,
    isFetchedAfterMount,
    ...draft
  } = useQuery({
    ...automationDraftQuery(id),
    refetchOnMount: 'always',
    enabled: maySeeDrafts,
  })
  const [opened, setOpened] = useState<AutomationDraft | null | undefined>(maySeeDrafts ? undefined : null)
  if (opened === undefined && kept !== undefined && isFetchedAfterMount) setOpened(kept)
  const error = automation.error ?? draft.error
  if (automation.data?.version === 0 && !mayChange) {
    return (
      <Page title={automation.data.name} back={{ to: '/automations' }}>
        <ListPanel>
          <EmptyState icon={IconRoute2} title={text('automation.notOn.title')} text={text('automation.notOn.text')} />
        </ListPanel>
      </Page>
    )
  }
  if (automation.data && opened !== undefined) {
    const { version, draft: begun, deleted_at } = automation.data
    const isLive =
      version > 0 && (deleted_at !== null || !mayChange || (mode === undefined ? begun === null : mode === 'live'))
    return isLive ? (
      <AutomationLive automation={automation.data} />
    ) : (
      <AutomationEditor automation={automation.data} kept={opened} onKept={setOpened} />
    )
  }
  const retry = () => {
    void automation.refetch()
    void draft.refetch()
  }
  return (
    <Page title={text('automations.title')} back={{ to: '/automations' }}>
      {error ? <ErrorState error={error} onRetry={retry} /> : <PageLoading />}
    </Page>
  )
}
