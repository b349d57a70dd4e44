import { Checkbox, Table, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import type { CustomerColumn } from '../../api/contract/customerList.ts'
import { Avatar } from '../shared/Avatar.tsx'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { useText } from '../shared/useText.tsx'
import { Tags } from '../tags/Tags.tsx'
import classes from './CustomersPage.module.css'
import { COLUMNS, type Shown } from './columns.tsx'
import { useLanguageName } from './useLanguageName.ts'

type Props = {
  customer: Shown
  columns: readonly CustomerColumn[]
  picked?: boolean
  /** Where customers are picked. Takes the id, so that the same function serves all rows: only rows that change are drawn anew. */
  onPick?: (id: string) => void
}

/** One customer of the list; the whole row opens the page, for the keyboard there is the link on the name. */
export const CustomerRow = memo(function CustomerRow({ customer, columns, picked = false, onPick }: Props) {
  const text = useText()
  const languageName = useLanguageName()
  const navigate = useNavigate()
  const { id, name, email } = customer
  return (
    <Table.Tr
      data-picked={picked || undefined}
      className={classes.row}
      onClick={() => navigate({ to: '/customers/$id', params: { id } })}
    >
      {onPick && (
        <Table.Td onClick={(event) => event.stopPropagation()}>
          <Checkbox checked={picked} onChange={() => onPick(id)} aria-label={text('member.pick', { name })} />
        </Table.Td>
      )}
      <Table.Td>
        <div className={classes.who}>
          <Avatar name={name} />
          <div>
            <CustomerLink id={id} name={name} />
            {columns.includes('email') && (
              <Text fz="xs" c="dimmed" hiddenFrom="md">
                {email}
              </Text>
            )}
            {columns.includes('tags') && (
              <div className={classes.narrow}>
                <Tags tags={customer.tags} />
              </div>
            )}
          </div>
        </div>
      </Table.Td>
      {columns.map((column) => {
        const { cell, isNumber, isOneLine, from } = COLUMNS[column]
        return (
          <Table.Td
            key={column}
            className={classes.cell}
            {...(isNumber ? { ta: 'right' } : {})}
            data-column={column}
            data-one-line={isOneLine}
            {...(from === 'base' ? {} : { visibleFrom: from })}
          >
            {cell(customer, text, languageName)}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
})
