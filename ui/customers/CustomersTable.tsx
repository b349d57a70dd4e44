import { Table } from '@mantine/core'
import { useCallback } from 'react'
import type { CustomerColumn, CustomerSort, ListedCustomer } from '../../api/contract/customerList.ts'
import { isPicked, type Selection, toggleOne } from '../segment/selection.ts'
import { SortHeader } from '../shared/SortHeader.tsx'
import { useText } from '../shared/useText.tsx'
import { CustomerRow } from './CustomerRow.tsx'
import classes from './CustomersPage.module.css'
import { COLUMNS } from './columns.tsx'
import { directionOf, type ListState } from './listState.ts'

type Props = {
  rows: readonly ListedCustomer[]
  state: ListState
  onSort: (sort: CustomerSort) => void
  selection: Selection
  onSelect: (change: (before: Selection) => Selection) => void
}

/** The customers that have been read so far, with the columns that are wanted. */
export function CustomersTable({ rows, state, onSort, selection, onSelect }: Props) {
  const text = useText()
  const pick = useCallback(
    (id: string) =>
      onSelect((before) =>
        toggleOne(
          before,
          id,
          rows.map((one) => one.id),
        ),
      ),
    [onSelect, rows],
  )
  const sortedBy = (sort: CustomerSort) => (state.sort === sort ? directionOf(state) : null)
  const head = (column: CustomerColumn) => {
    const { sort, isNumber, from } = COLUMNS[column]
    const cell = { ...(isNumber ? { ta: 'right' as const } : {}), ...(from === 'base' ? {} : { visibleFrom: from }) }
    const label = text(`customers.column.${column}`)
    return sort === undefined ? (
      <Table.Th key={column} {...cell}>
        {label}
      </Table.Th>
    ) : (
      <SortHeader key={column} sorted={sortedBy(sort)} onSort={() => onSort(sort)} {...cell}>
        {label}
      </SortHeader>
    )
  }
  return (
    <div className={classes.wide}>
      <Table highlightOnHover verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={44} aria-label={text('customers.pickColumn')} />
            <SortHeader sorted={sortedBy('name')} onSort={() => onSort('name')}>
              {text('customers.name')}
            </SortHeader>
            {state.columns.map(head)}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((customer) => (
            <CustomerRow
              key={customer.id}
              customer={customer}
              columns={state.columns}
              picked={isPicked(selection, customer.id)}
              onPick={pick}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
