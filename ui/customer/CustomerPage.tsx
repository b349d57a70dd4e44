import { Button, Group, Tabs } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import { customerQuery } from '../client/customers.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { keepRecipients } from '../shared/recipients.ts'
import { StatusBadge } from '../shared/StatusBadge.tsx'
import { useText } from '../shared/useText.tsx'
import { Communication } from './Communication.tsx'
import { CustomerAutomations } from './CustomerAutomations.tsx'
import { CustomerRewards } from './CustomerRewards.tsx'
import { CustomerSegments } from './CustomerSegments.tsx'
import { PersonActs } from './merge/PersonActs.tsx'
import { Overview } from './Overview.tsx'
import { Timeline } from './Timeline.tsx'

const route = getRouteApi('/shell/customers/$id')
const TABS = ['overview', 'communication', 'segments', 'automations', 'rewards', 'timeline'] as const
type Tab = (typeof TABS)[number]

const isTab = (value: string | null | undefined): value is Tab => TABS.some((tab) => tab === value)

/** One customer: who they are, what was sent to them, and which segments they are in. */
export function CustomerPage() {
  const text = useText()
  const { id } = route.useParams()
  const { tab: wanted } = route.useSearch()
  const go = useNavigate()
  const navigate = route.useNavigate()
  const { data: customer, error, refetch } = useQuery(customerQuery(id))
  // the identifier of somebody who was merged leads to the one who stayed
  const isOther = customer !== undefined && customer.id !== id
  const tab: Tab = isTab(wanted) ? wanted : 'overview'
  const write = () => {
    keepRecipients({ recipients: { customers: [id] }, count: 1, label: customer?.name ?? id })
    void go({ to: '/compose' })
  }

  if (isOther)
    return (
      <Navigate
        to="/customers/$id"
        params={{ id: customer.id }}
        search={wanted === undefined ? {} : { tab: wanted }}
        replace
      />
    )
  return (
    <Page
      title={customer?.name ?? text('customer.title')}
      back={{ to: '/customers' }}
      aside={customer && <StatusBadge status={customer.status} />}
      actions={
        customer && (
          <Group gap="xs" wrap="nowrap">
            <PersonActs customer={customer} />
            <Button leftSection={<IconMail size={17} />} onClick={write}>
              {text('customer.write')}
            </Button>
          </Group>
        )
      }
    >
      {customer ? (
        <Tabs
          value={tab}
          onChange={(next) =>
            navigate({ search: isTab(next) && next !== 'overview' ? { tab: next } : {}, replace: true })
          }
          keepMounted={false}
        >
          <Tabs.List mb="md" aria-label={text('customer.tabs')}>
            {TABS.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {text(`customer.${value}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="overview">
            <Overview customer={customer} />
          </Tabs.Panel>
          <Tabs.Panel value="communication">
            <Communication customer={customer} />
          </Tabs.Panel>
          <Tabs.Panel value="segments">
            <CustomerSegments customer={customer} />
          </Tabs.Panel>
          <Tabs.Panel value="timeline">
            <Timeline customer={customer} />
          </Tabs.Panel>
          <Tabs.Panel value="rewards">
            <CustomerRewards customer={customer} />
          </Tabs.Panel>
          <Tabs.Panel value="automations">
            <CustomerAutomations customer={customer} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={8} />}</ListPanel>
      )}
    </Page>
  )
}
