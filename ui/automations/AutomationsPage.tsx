import { Button } from '@mantine/core'
import { IconPlus, IconRoute2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { automationsQuery } from '../client/automations.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { Attention } from './Attention.tsx'
import { AutomationTable } from './AutomationTable.tsx'
import { NewAutomation } from './NewAutomation.tsx'

const EVERY = 5_000

/** All automations at a glance: which of them run, who is inside, and where something has failed. */
export function AutomationsPage() {
  const text = useText()
  const [isNew, setNew] = useState(false)
  const { data, error, refetch } = useQuery({ ...automationsQuery, refetchInterval: EVERY })
  const mayChange = useMay('automations.write')
  const add = mayChange && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setNew(true)}>
      {text('automations.new')}
    </Button>
  )
  return (
    <Page title={text('automations.title')} actions={add}>
      {data && <Attention automations={data.items} />}
      <ListPanel>
        {data ? (
          data.items.length > 0 ? (
            <AutomationTable automations={data.items} />
          ) : (
            <EmptyState
              icon={IconRoute2}
              title={text('automations.empty.title')}
              text={text('automations.empty.text')}
              action={mayChange && <Button onClick={() => setNew(true)}>{text('automations.empty.action')}</Button>}
            />
          )
        ) : error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <RowsLoading rows={6} />
        )}
      </ListPanel>
      <NewAutomation opened={isNew} onClose={() => setNew(false)} />
    </Page>
  )
}
