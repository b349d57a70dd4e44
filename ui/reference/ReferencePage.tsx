import { Anchor, Button, Group, NavLink, Paper, Stack, Text, Title } from '@mantine/core'
import { IconBook, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { CallCard } from './CallCard.tsx'
import { ADDRESS, type Call, callsOf, documentQuery, search as find, type OpenApi } from './document.ts'
import classes from './ReferencePage.module.css'
import { Rich, RichLine } from './Rich.tsx'

const route = getRouteApi('/shell/reference')

/** Every call of the API, from its own OpenAPI document: by what it is about, or by words. */
export function ReferencePage() {
  const text = useText()
  const { data, error, refetch } = useQuery(documentQuery)
  return (
    <Page
      title={text('reference.title')}
      actions={
        <Button
          component="a"
          href={ADDRESS}
          download="openapi.json"
          variant="default"
          leftSection={<IconDownload size={17} />}
        >
          {text('reference.document')}
        </Button>
      }
    >
      {data === undefined ? (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={8} />}</ListPanel>
      ) : (
        <Reference document={data} />
      )}
    </Page>
  )
}

function Reference({ document }: { document: OpenApi }) {
  const text = useText()
  const { tag, text: words = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const wanted = useDeferredValue(words)
  const calls = callsOf(document)
  const found = wanted.trim() === '' ? null : find(calls, wanted)
  const chosen = document.tags.find(({ name }) => name === tag)
  const shown = found ?? (chosen === undefined ? null : calls.filter(({ tags }) => tags.includes(chosen.name)))
  return (
    <div className={classes.reference}>
      <nav className={classes.sections} aria-label={text('reference.sections')}>
        <TextFilter
          label={text('reference.search')}
          width={220}
          value={words}
          onChange={(next) =>
            void navigate({
              search: (before) => changedSearch(before, { text: next || undefined }),
              replace: true,
              resetScroll: false,
            })
          }
        />
        <div className={classes.list}>
          {[{ name: undefined }, ...document.tags].map(({ name }) => (
            <NavLink
              key={name ?? ''}
              label={name ?? text('reference.basics')}
              active={found === null && name === chosen?.name}
              renderRoot={(rest: object) => (
                <Link
                  {...rest}
                  to="/reference"
                  search={name === undefined ? {} : { tag: name }}
                  activeOptions={{ exact: true }}
                />
              )}
            />
          ))}
        </div>
      </nav>
      <div className={classes.content}>
        {shown === null ? (
          <Basics document={document} />
        ) : shown.length === 0 ? (
          <ListPanel>
            <EmptyState icon={IconBook} title={text('reference.none')} text={text('reference.noneText')} />
          </ListPanel>
        ) : (
          <Calls document={document} calls={shown} title={found === null ? chosen : undefined} />
        )}
      </div>
    </div>
  )
}

function Basics({ document }: { document: OpenApi }) {
  const text = useText()
  return (
    <Paper p="lg">
      <Stack>
        <Text fz="sm">{text('reference.lead')}</Text>
        <Group gap="lg">
          <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/settings/keys" />}>
            {text('reference.keys')}
          </Anchor>
          <Anchor fz="sm" renderRoot={(rest: object) => <Link {...rest} to="/webhooks" />}>
            {text('webhooks.title')}
          </Anchor>
        </Group>
        <Title order={2} fz="lg">
          {text('reference.basics')}
        </Title>
        <Rich>{document.info.description ?? ''}</Rich>
      </Stack>
    </Paper>
  )
}

type CallsProps = {
  document: OpenApi
  calls: readonly Call[]
  title: { name: string; description?: string } | undefined
}

function Calls({ document, calls, title }: CallsProps) {
  return (
    <Stack gap="sm">
      {title !== undefined && (
        <div>
          <Title order={2} fz="lg">
            {title.name}
          </Title>
          <Text fz="sm" c="dimmed">
            <RichLine>{title.description ?? ''}</RichLine>
          </Text>
        </div>
      )}
      {calls.map((call) => (
        <CallCard key={call.operationId} document={document} call={call} />
      ))}
    </Stack>
  )
}
