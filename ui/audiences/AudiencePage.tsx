import { Button, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { getAudience } from '../../api/contract/audiences.ts'
import { call } from '../client/call.ts'
import { Count } from '../shared/Count.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { Contacts } from './Contacts.tsx'
import { CriteriaSheet } from './CriteriaSheet.tsx'

const route = getRouteApi('/shell/audiences/$id')
const TABS = ['contacts', 'criteria'] as const
type Tab = (typeof TABS)[number]
const isTab = (value: string | null | undefined): value is Tab => TABS.some((tab) => tab === value)

/** One audience: who is in it, and what it was made from. */
export function AudiencePage() {
  const text = useText()
  const subjectOf = useReadableSubject()
  const { id } = route.useParams()
  const { tab: wanted, reason } = route.useSearch()
  const navigate = route.useNavigate()
  const {
    data: audience,
    error,
    refetch,
  } = useQuery({
    queryKey: ['audience', id],
    queryFn: ({ signal }) => call(getAudience, { params: { id }, signal }),
  })
  const tab: Tab = isTab(wanted) ? wanted : 'contacts'
  return (
    <Page
      title={audience ? subjectOf(audience.name) : text('audience.title')}
      back={{ to: '/audiences' }}
      aside={
        audience && (
          <span className="numbers">
            <Count value={audience.customers} />
          </span>
        )
      }
      actions={
        audience && (
          <Button
            variant="default"
            renderRoot={(props: object) => <Link {...props} to="/mailings/$id" params={{ id: audience.campaign.id }} />}
          >
            {text('audience.mailing')}
          </Button>
        )
      }
    >
      {audience ? (
        <Tabs
          value={tab}
          onChange={(next) =>
            navigate({ search: isTab(next) && next !== 'contacts' ? { tab: next } : {}, replace: true })
          }
          keepMounted={false}
        >
          <Tabs.List mb="md" aria-label={text('audience.tabs')}>
            {TABS.map((value) => (
              <Tabs.Tab key={value} value={value}>
                {text(`audience.${value}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="contacts">
            <Contacts
              audience={audience}
              reason={reason}
              onReason={(next) => navigate({ search: next === undefined ? {} : { reason: next }, replace: true })}
            />
          </Tabs.Panel>
          <Tabs.Panel value="criteria">
            <CriteriaSheet audience={audience} />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={8} />}</ListPanel>
      )}
    </Page>
  )
}
