import { Box, Button, Table, Text } from '@mantine/core'
import { IconFilterOff, IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { listAudiences } from '../../api/contract/audiences.ts'
import { call } from '../client/call.ts'
import rows from '../segments/SegmentsPage.module.css'
import { Count } from '../shared/Count.tsx'
import { changedSearch } from '../shared/changedSearch.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { TextFilter } from '../shared/filter/TextFilter.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'

const route = getRouteApi('/shell/audiences')

/** The frozen lists that mailings went to, newest first. */
export function AudiencesPage() {
  const text = useText()
  const subjectOf = useReadableSubject()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const named = search.text
  const audiences = useInfiniteQuery({
    queryKey: ['audiences', named],
    queryFn: ({ pageParam, signal }) =>
      call(listAudiences, { query: { limit: 50, cursor: pageParam, text: named }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const find = (next: string | undefined) =>
    void navigate({ search: (before) => changedSearch(before, { text: next }), replace: true, resetScroll: false })
  return (
    <Page title={text('audiences.title')}>
      <ListPanel>
        <Box px="md" py={10}>
          <TextFilter
            label={text('audiences.search')}
            value={named ?? ''}
            onChange={(next) => find(next || undefined)}
          />
        </Box>
        <PagedList
          query={audiences}
          loading={{ rows: 6 }}
          empty={
            named === undefined ? (
              <EmptyState
                icon={IconUsersGroup}
                title={text('audiences.emptyTitle')}
                text={text('audiences.emptyText')}
                action={
                  <Button renderRoot={(props: object) => <Link {...props} to="/segments" />}>
                    {text('mailings.emptyAction')}
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={IconFilterOff}
                title={text('audiences.noMatchTitle')}
                text={text('audiences.noMatchText')}
                action={
                  <Button variant="default" onClick={() => find(undefined)}>
                    {text('filter.clear')}
                  </Button>
                }
              />
            )
          }
        >
          {(items) => (
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text('audiences.name')}</Table.Th>
                  <Table.Th visibleFrom="sm">{text('audiences.type')}</Table.Th>
                  <Table.Th ta="right">{text('audiences.customers')}</Table.Th>
                  <Table.Th visibleFrom="sm">{text('audiences.created')}</Table.Th>
                  <Table.Th visibleFrom="xs">{text('audiences.launched')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((audience) => (
                  <Table.Tr key={audience.id}>
                    <Table.Td>
                      <Link to="/audiences/$id" params={{ id: audience.id }} className={rows.name}>
                        {subjectOf(audience.name)}
                      </Link>
                      <Text fz="xs" c="dimmed" hiddenFrom="sm">
                        {text(`channel.${audience.type}`)}
                      </Text>
                    </Table.Td>
                    <Table.Td visibleFrom="sm">{text(`channel.${audience.type}`)}</Table.Td>
                    <Table.Td ta="right">
                      <Count value={audience.customers} />
                    </Table.Td>
                    <Table.Td visibleFrom="sm" c="dimmed">
                      <Instant at={audience.created_at} time />
                    </Table.Td>
                    <Table.Td visibleFrom="xs" c="dimmed">
                      {audience.launched_at === null ? '–' : <Instant at={audience.launched_at} time />}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
