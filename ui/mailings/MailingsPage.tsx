import { Button } from '@mantine/core'
import { IconClipboardList, IconMail } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { listCampaigns } from '../../api/contract/campaigns.ts'
import { call } from '../client/call.ts'
import { isRunning } from '../client/campaigns.ts'
import { ListDialog } from '../composer/audience/ListDialog.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { Drafts } from './Drafts.tsx'
import { MailingTable } from './MailingTable.tsx'

/** Every mailing, newest first, with what became of it. */
export function MailingsPage() {
  const text = useText()
  const [pasting, setPasting] = useState(false)
  const mailings = useInfiniteQuery({
    queryKey: ['campaigns'],
    queryFn: ({ pageParam, signal }) => call(listCampaigns, { query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: ({ state: { data } }) => (data?.pages.some((page) => page.items.some(isRunning)) ? 2_000 : 10_000),
  })
  return (
    <Page
      title={text('mailings.title')}
      actions={
        <Button variant="default" leftSection={<IconClipboardList size={17} />} onClick={() => setPasting(true)}>
          {text('mailings.fromList')}
        </Button>
      }
    >
      {pasting && <ListDialog onClose={() => setPasting(false)} />}
      <Drafts />
      <ListPanel>
        <PagedList
          query={mailings}
          loading={{ rows: 6 }}
          empty={
            <EmptyState
              icon={IconMail}
              title={text('mailings.emptyTitle')}
              text={text('mailings.emptyText')}
              action={
                <Button renderRoot={(props: object) => <Link {...props} to="/segments" />}>
                  {text('mailings.emptyAction')}
                </Button>
              }
            />
          }
        >
          {(items) => <MailingTable mailings={items} label={text('mailings.title')} />}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
