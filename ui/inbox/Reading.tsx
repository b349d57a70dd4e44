import { Button, Table, Tabs, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { getInboxMail } from '../../api/contract/inbox.ts'
import { call } from '../client/call.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Inbox.module.css'
import { MailFrame } from './MailFrame.tsx'

const route = getRouteApi('/shell/inbox')
const VIEWS = ['html', 'text', 'source', 'headers'] as const

/** One mail: HTML as its reader sees it, text, source and headers. */
export function Reading({ id }: { id: string }) {
  const text = useText()

  const search = route.useSearch()
  const navigate = route.useNavigate()
  const queries = useQueryClient()
  const {
    data: mail,
    error,
    refetch,
  } = useQuery({
    queryKey: ['inbox', 'mail', id],
    queryFn: ({ signal }) => call(getInboxMail, { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

  // Reading it marked it as read: the list says so at once.
  const loaded = mail !== undefined
  useEffect(() => {
    if (loaded) void queries.invalidateQueries({ queryKey: ['inbox', 'list'] })
  }, [loaded, queries])

  if (error) return <ErrorState error={error} onRetry={refetch} />
  if (!mail) return <RowsLoading rows={5} />
  const shown = VIEWS.find((name) => name === search.view) ?? (mail.html === null ? 'text' : 'html')
  return (
    <>
      <div className={classes.head}>
        <Button
          className={classes.back ?? ''}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={16} />}
          renderRoot={(props: object) => (
            <Link {...props} to="/inbox" search={search.text ? { text: search.text } : {}} />
          )}
        >
          {text('inbox.back')}
        </Button>
        <h2 className={classes.title}>{mail.subject || text('inbox.noSubject')}</h2>
        <Text fz="sm" c="dimmed">
          {mail.from} {text('inbox.to', { to: mail.to })}
        </Text>
        <Text fz="sm" c="dimmed" className="numbers">
          <Instant at={mail.received_at} time /> · {text('inbox.size', { kilobytes: mail.size / 1000 })}
        </Text>
      </div>
      <Tabs
        value={shown}
        onChange={(next) => navigate({ search: { ...search, view: next ?? '' }, replace: true, resetScroll: false })}
        className={classes.views ?? ''}
        keepMounted={false}
      >
        <Tabs.List className={classes.tabs ?? ''} aria-label={text('inbox.views')}>
          {VIEWS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {text(`inbox.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="html" className={classes.panel ?? ''} data-frame>
          {mail.html === null ? (
            <Text c="dimmed" p="md">
              {text('inbox.noHtml')}
            </Text>
          ) : (
            <MailFrame html={mail.html} title={text('inbox.frame')} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="text" className={classes.panel ?? ''}>
          <pre className={classes.plain}>{mail.text ?? text('inbox.noText')}</pre>
        </Tabs.Panel>
        <Tabs.Panel value="source" className={classes.panel ?? ''}>
          <pre className={classes.plain}>{mail.source}</pre>
        </Tabs.Panel>
        <Tabs.Panel value="headers" className={classes.panel ?? ''}>
          <Table aria-label={text('inbox.headers')} fz="sm">
            <Table.Tbody>
              {mail.headers.map(({ name, value }) => (
                <Table.Tr key={`${name} ${value}`}>
                  <Table.Th scope="row" style={{ verticalAlign: 'top' }}>
                    {name}
                  </Table.Th>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
