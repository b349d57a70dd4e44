import { Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { listCampaigns } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { templateQuery } from '../client/templates.ts'
import { MailingTable } from '../mailings/MailingTable.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { TemplateTabs } from './TemplateTabs.tsx'

const route = getRouteApi('/shell/templates/$id/uses')

/** What is made of a template: the mailings that send it, newest first, in whichever of their messages. */
export function TemplateUsesPage() {
  const text = useText()
  const { id } = route.useParams()
  const { data: template } = useQuery(templateQuery(id))
  const mailings = useInfiniteQuery({
    queryKey: ['campaigns', 'of-template', id],
    queryFn: ({ pageParam, signal }) =>
      call(listCampaigns, { query: { limit: 50, cursor: pageParam, template: id }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  return (
    <Page title={template?.name ?? text('template.title')} back={{ to: '/templates' }} aside={<TemplateTabs id={id} />}>
      <ListPanel>
        <PagedList
          query={mailings}
          loading={{ rows: 4 }}
          empty={
            <Text c="dimmed" fz="sm" p="md">
              {text('templates.usedByNothing')}
            </Text>
          }
        >
          {(items) => <MailingTable mailings={items} label={text('templates.usedByAll')} />}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
