import { Button, Group } from '@mantine/core'
import { IconFilterOff, IconTags, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type CustomerColumn, type CustomerView, listCustomers } from '../../api/contract/customerList.ts'
import type { CustomerSearch } from '../../api/contract/customers.ts'
import { call } from '../client/call.ts'
import { NOBODY, type Selection } from '../segment/selection.ts'
import { Count } from '../shared/Count.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { itemsOf, PagedList, totalOf } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { CustomerFilters } from './CustomerFilters.tsx'
import classes from './CustomersPage.module.css'
import { CustomersTable } from './CustomersTable.tsx'
import { findsAll, type ListState, readState, searchToQuery, sortedBy, stateOf, writeState } from './listState.ts'
import { PickedBar } from './PickedBar.tsx'
import { useColumns } from './useColumns.ts'
import { ViewsMenu } from './ViewsMenu.tsx'

const route = getRouteApi('/shell/customers')

/** All customers: found, sorted, picked, and what is done with many at once. What is looked at stands in the address. */
export function CustomersPage() {
  const text = useText()
  const address = route.useSearch()
  const navigate = route.useNavigate()
  const [usual, setUsual] = useColumns()
  const state = readState(address, usual)
  const { search, sort, direction, columns } = state
  const customers = useInfiniteQuery({
    queryKey: ['customers', 'list', search, sort, direction],
    queryFn: ({ pageParam, signal }) =>
      call(listCustomers, {
        query: { ...searchToQuery(search), sort, direction, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const total = totalOf(customers)
  const [selection, setSelection] = useState<Selection>(NOBODY)
  const shown = itemsOf(customers)

  const look = (next: ListState, view: string | undefined = address.view) => {
    const asked = { ...writeState(next, usual), ...(view === undefined ? {} : { view }) }
    void navigate({ search: asked, replace: true, resetScroll: false })
  }
  const find = (next: CustomerSearch) => {
    // “All who match” was said of the search before; picks one by one stay
    if (selection.kind === 'all') setSelection(NOBODY)
    look({ ...state, search: next })
  }
  const open = (view: CustomerView | null) => {
    setSelection(NOBODY)
    const asked =
      view === null ? {} : { ...writeState(stateOf(view.definition), usual), columns: columnsIn(view), view: view.id }
    void navigate({ search: asked, resetScroll: false })
  }
  const show = (next: readonly CustomerColumn[]) => {
    // in a view they are part of it, else of what this person likes to see
    if (address.view === undefined) setUsual(next)
    void navigate({
      search: (before: typeof address) => {
        const { columns: _, ...others } = before
        return address.view === undefined ? others : { ...others, columns: next.join(',') || 'name' }
      },
      replace: true,
      resetScroll: false,
    })
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
        <PickedBar
          search={search}
          columns={columns}
          selection={selection}
          onSelect={setSelection}
          shown={shown}
          total={total ?? 0}
        />
        <div className={classes.tools}>
          <div className={classes.filters}>
            <CustomerFilters search={search} onChange={find} />
          </div>
          <Group gap={8} wrap="nowrap">
            <ViewsMenu state={state} opened={address.view} onOpen={open} />
            <Button
              variant="default"
              size="xs"
              leftSection={<IconTags size={16} />}
              renderRoot={(props: object) => <Link {...props} to="/tags" />}
            >
              {text('tags.manage')}
            </Button>
            <ColumnsMenu columns={columns} onChange={show} />
          </Group>
        </div>
        <PagedList
          query={customers}
          loading={{ rows: 10 }}
          empty={
            findsAll(search) ? (
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
            <CustomersTable
              rows={rows}
              state={state}
              onSort={(by) => look({ ...state, ...sortedBy(state, by) })}
              selection={selection}
              onSelect={setSelection}
            />
          )}
        </PagedList>
      </ListPanel>
    </Page>
  )
}

/** The columns of a view always stand in the address: what the reader likes to see elsewhere does not change it. */
const columnsIn = ({ definition }: CustomerView): string => definition.columns.join(',') || 'name'
