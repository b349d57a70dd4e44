import { Group, Table } from '@mantine/core'
import { IconFilterOff, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { type CustomerFilter, listCustomers } from '../../api/contract/customers.ts'
import { call } from '../client/call.ts'
import { isPicked, NOBODY, type Selection, toggleOne } from '../segment/selection.ts'
import { Count } from '../shared/Count.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { filterFromSearch, filterToQuery, filterToSearch, isEmptyFilter } from '../shared/filter/customerFilter.ts'
import { FilterBar } from '../shared/filter/FilterBar.tsx'
import { IfMay } from '../shared/IfMay.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { itemsOf, PagedList, totalOf } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { useKnownTags } from '../tags/useKnownTags.ts'
import { CustomerRow } from './CustomerRow.tsx'
import classes from './CustomersPage.module.css'
import { PickedBar } from './PickedBar.tsx'
import { PutFound } from './PutFound.tsx'
import { type Status, StatusFilter, statusesFrom } from './StatusFilter.tsx'

const route = getRouteApi('/shell/customers')

/** All customers by name, to be found again. */
export function CustomersPage() {
  const text = useText()
  const address = route.useSearch()
  const filter = filterFromSearch(address)
  const status = statusesFrom(address.status)
  const navigate = route.useNavigate()
  const customers = useInfiniteQuery({
    queryKey: ['customers', 'list', filter, status],
    queryFn: ({ pageParam, signal }) =>
      call(listCustomers, { query: { ...filterToQuery(filter), status, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const total = totalOf(customers)
  const tags = useKnownTags().map(({ tag, customers }) => ({ value: tag, count: customers }))
  const [selection, setSelection] = useState<Selection>(NOBODY)
  const shown = itemsOf(customers)
  const search = { filter, ...(status.length > 0 ? { status } : {}) }
  const change = (next: CustomerFilter, statuses: readonly Status[] = isEmptyFilter(next) ? [] : status) => {
    // “All who match” was said of the filter before; picks one by one stay
    if (selection.kind === 'all') setSelection(NOBODY)
    const asked = { ...filterToSearch(next), ...(statuses.length > 0 ? { status: statuses.join(',') } : {}) }
    void navigate({ search: asked, replace: true, resetScroll: false })
  }

  return (
    <Page
      title={text('customers.title')}
      aside={
        total !== undefined && (
          <span className={classes.count}>
            <Count value={total} />
          </span>
        )
      }
    >
      <ListPanel>
        <PickedBar search={search} selection={selection} onSelect={setSelection} shown={shown} total={total ?? 0} />
        <Group px="md" py={12} gap="xs" justify="space-between" align="flex-start">
          <Group gap={8}>
            <FilterBar filter={filter} onChange={change} facets={{ tag: tags }} offer={['gender', 'tag']} />
            <StatusFilter chosen={status} onChange={(next) => change(filter, next)} />
          </Group>
          {total !== undefined && (
            <IfMay permission="segments.decide">
              <PutFound search={search} total={total} />
            </IfMay>
          )}
        </Group>
        <PagedList
          query={customers}
          loading={{ rows: 10 }}
          empty={
            isEmptyFilter(filter) && status.length === 0 ? (
              <EmptyState icon={IconUsers} title={text('customers.emptyTitle')} text={text('customers.emptyText')} />
            ) : (
              <EmptyState
                icon={IconFilterOff}
                title={text('customers.noMatchTitle')}
                text={text('customers.noMatchText')}
              />
            )
          }
        >
          {(rows) => (
            <Table highlightOnHover verticalSpacing={8}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={44} aria-label={text('customers.pickColumn')} />
                  <Table.Th>{text('customers.name')}</Table.Th>
                  <Table.Th visibleFrom="lg">{text('customers.email')}</Table.Th>
                  <Table.Th visibleFrom="md">{text('customers.group')}</Table.Th>
                  <Table.Th visibleFrom="md">{text('customers.aggregator')}</Table.Th>
                  <Table.Th ta="right">{text('customers.bookings')}</Table.Th>
                  <Table.Th visibleFrom="xs">{text('customers.status')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((customer) => (
                  <CustomerRow
                    key={customer.id}
                    customer={customer}
                    pick={{
                      picked: isPicked(selection, customer.id),
                      onPick: () => {
                        const ids = rows.map(({ id }) => id)
                        setSelection(toggleOne(selection, customer.id, ids))
                      },
                    }}
                  />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
