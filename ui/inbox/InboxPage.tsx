import { Button, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconFilterOff, IconInbox } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { emptyInbox, listInbox } from '../../api/contract/inbox.ts'
import { call } from '../client/call.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { Page } from '../shared/Page.tsx'
import { itemsOf, PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Inbox.module.css'
import { MailItem } from './MailItem.tsx'
import { Reading } from './Reading.tsx'

const route = getRouteApi('/shell/inbox')

/** The local inbox: what was sent while no real mail server is set. The list at the left, the mail beside it. */
export function InboxPage() {
  const text = useText()
  const search = route.useSearch()
  const { mail, text: wanted = '' } = search
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const mails = useInfiniteQuery({
    queryKey: ['inbox', 'list', wanted],
    queryFn: ({ pageParam, signal }) =>
      call(listInbox, { query: { text: wanted || undefined, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
  })
  const clear = useMutation({
    mutationFn: () => call(emptyInbox),
    onSuccess: async () => {
      await navigate({ search: {} })
      await queries.invalidateQueries({ queryKey: ['inbox'] })
    },
    onError: notifyProblem,
  })
  const nothing = itemsOf(mails).length === 0
  const ask = () =>
    modals.openConfirmModal({
      title: text('inbox.clearTitle'),
      children: <Text fz="sm">{text('inbox.clearText')}</Text>,
      labels: { confirm: text('inbox.clear'), cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => clear.mutate(),
    })

  return (
    <Page
      title={text('inbox.title')}
      flush
      actions={
        !nothing && (
          <Button variant="default" onClick={ask} loading={clear.isPending}>
            {text('inbox.clear')}
          </Button>
        )
      }
    >
      {mails.data && nothing && wanted === '' ? (
        <EmptyState
          icon={IconInbox}
          title={text('inbox.emptyTitle')}
          text={text('inbox.emptyText')}
          action={
            <Button renderRoot={(props: object) => <Link {...props} to="/segments" />}>
              {text('inbox.emptyAction')}
            </Button>
          }
        />
      ) : (
        <div className={classes.panes} data-reading={mail !== undefined || undefined}>
          <section className={classes.mails} aria-label={text('inbox.list')}>
            <div className={classes.search}>
              <TextFilter
                value={wanted}
                label={text('inbox.search')}
                width="100%"
                onChange={(next) => navigate({ search: { ...search, text: next }, replace: true })}
              />
            </div>
            <PagedList
              query={mails}
              loading={{ rows: 9, height: 62 }}
              empty={
                <EmptyState icon={IconFilterOff} title={text('inbox.noMatchTitle')} text={text('inbox.noMatchText')} />
              }
            >
              {(items) => (
                <ul className={classes.list}>
                  {items.map((item) => (
                    <MailItem key={item.id} mail={item} open={item.id === mail} search={wanted} />
                  ))}
                </ul>
              )}
            </PagedList>
          </section>
          <section className={classes.reading} aria-label={text('inbox.frame')}>
            {mail === undefined ? (
              <Text c="dimmed" ta="center" pt={80}>
                {text('inbox.choose')}
              </Text>
            ) : (
              <Reading id={mail} key={mail} />
            )}
          </section>
        </div>
      )}
    </Page>
  )
}
