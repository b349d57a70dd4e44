import { Button, Group, SegmentedControl, Select, Table } from '@mantine/core'
import { IconFilterOff, IconPlus, IconTemplate } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { listTemplates } from '../../../api/contract/templates.ts'
import { call } from '../../client/call.ts'
import { isLanguage, LANGUAGES, ownName } from '../../messages/index.ts'
import { changedSearch } from '../../shared/changedSearch.ts'
import { EmptyState } from '../../shared/EmptyState.tsx'
import { TextFilter } from '../../shared/filter/TextFilter.tsx'
import { IfMay } from '../../shared/IfMay.tsx'
import { ListPanel } from '../../shared/ListPanel.tsx'
import { Page } from '../../shared/Page.tsx'
import { PagedList } from '../../shared/PagedList.tsx'
import { useText } from '../../shared/useText.tsx'
import { TemplateRow } from './TemplateRow.tsx'

const route = getRouteApi('/shell/templates')

/** Every template: what it says, in which language, and whether something of it is not published. */
export function TemplatesPage() {
  const text = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Partial<Record<keyof typeof search, string | undefined>>) =>
    void navigate({ search: (before) => changedSearch(before, part), replace: true, resetScroll: false })
  const archived = search.archived === 'yes'
  const language = isLanguage(search.language) ? search.language : undefined
  const templates = useInfiniteQuery({
    queryKey: ['templates', archived, language, search.text],
    queryFn: ({ pageParam, signal }) =>
      call(listTemplates, {
        query: { limit: 50, cursor: pageParam, archived: archived ? 'true' : 'false', language, q: search.text },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const filtered = search.text !== undefined || language !== undefined || archived
  const create = (
    <IfMay permission="templates.write">
      <Button component={Link} to="/templates/new" leftSection={<IconPlus size={17} />}>
        {text('templates.new')}
      </Button>
    </IfMay>
  )
  return (
    <Page title={text('templates.title')} actions={create}>
      <ListPanel>
        <Group px="md" py={10} gap="sm">
          <TextFilter
            label={text('templates.search')}
            value={search.text ?? ''}
            onChange={(next) => change({ text: next || undefined })}
          />
          <Select
            size="xs"
            w={150}
            aria-label={text('templates.language')}
            placeholder={text('templates.anyLanguage')}
            data={LANGUAGES.map((value) => ({ value, label: ownName(value) }))}
            value={language ?? null}
            onChange={(next) => change({ language: next ?? undefined })}
            clearable
            clearButtonProps={{ 'aria-label': text('templates.anyLanguage') }}
          />
          <SegmentedControl
            size="xs"
            aria-label={text('templates.which')}
            value={archived ? 'archived' : 'current'}
            onChange={(next) => change({ archived: next === 'archived' ? 'yes' : undefined })}
            data={[
              { value: 'current', label: text('templates.current') },
              { value: 'archived', label: text('templates.archived') },
            ]}
          />
        </Group>
        <PagedList
          query={templates}
          loading={{ rows: 6 }}
          empty={
            filtered ? (
              <EmptyState
                icon={IconFilterOff}
                title={text('templates.noMatchTitle')}
                text={text('templates.noMatchText')}
                action={
                  <Button
                    variant="default"
                    onClick={() => change({ text: undefined, language: undefined, archived: undefined })}
                  >
                    {text('filter.clear')}
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={IconTemplate}
                title={text('templates.emptyTitle')}
                text={text('templates.emptyText')}
                action={create}
              />
            )
          }
        >
          {(items) => (
            <Table highlightOnHover aria-label={text('templates.title')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text('templates.name')}</Table.Th>
                  <Table.Th>{text('templates.state')}</Table.Th>
                  <Table.Th visibleFrom="sm">{text('templates.language')}</Table.Th>
                  <Table.Th visibleFrom="sm">{text('templates.usedBy')}</Table.Th>
                  <Table.Th visibleFrom="md">{text('templates.changed')}</Table.Th>
                  <Table.Th aria-label={text('template.act.menu')} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((template) => (
                  <TemplateRow key={template.id} template={template} />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
