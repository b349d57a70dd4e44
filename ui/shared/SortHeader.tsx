import { Table, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ComponentProps, ReactNode } from 'react'
import classes from './SortHeader.module.css'

type Props = Pick<ComponentProps<typeof Table.Th>, 'ta' | 'visibleFrom'> & {
  /** How the table is sorted by this column; null when it is not. */
  sorted: 'ascending' | 'descending' | null
  onSort: () => void
  children: ReactNode
}

/** The head of a column that sorts the table when it is clicked, and the other way round when it is clicked again. */
export function SortHeader({ sorted, onSort, children, ...cell }: Props) {
  const Sign = sorted === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <Table.Th aria-sort={sorted ?? 'none'} {...cell}>
      <UnstyledButton className={classes.head} data-sorted={sorted ?? undefined} onClick={onSort}>
        {children}
        <Sign size={14} stroke={2} aria-hidden="true" />
      </UnstyledButton>
    </Table.Th>
  )
}
