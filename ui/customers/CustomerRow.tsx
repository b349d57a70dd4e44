import { Checkbox, Table, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import type { CustomerSummary } from '../../api/contract/customers.ts'
import { Avatar } from '../shared/Avatar.tsx'
import { Count } from '../shared/Count.tsx'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { StatusBadge } from '../shared/StatusBadge.tsx'
import { useText } from '../shared/useText.tsx'
import { Tags } from '../tags/Tags.tsx'
import classes from './CustomersPage.module.css'

type Props = {
  customer: CustomerSummary /** Where customers are picked. */
  pick?: { picked: boolean; onPick: () => void }
}

/** One customer of the list; the whole row opens the page, for the keyboard there is the link on the name. */
export const CustomerRow = memo(function CustomerRow({ customer, pick }: Props) {
  const text = useText()
  const navigate = useNavigate()
  const { id, name, email } = customer
  return (
    <Table.Tr
      data-picked={pick?.picked || undefined}
      className={classes.row}
      onClick={() => navigate({ to: '/customers/$id', params: { id } })}
    >
      {pick && (
        <Table.Td onClick={(event) => event.stopPropagation()}>
          <Checkbox checked={pick.picked} onChange={pick.onPick} aria-label={text('member.pick', { name })} />
        </Table.Td>
      )}
      <Table.Td>
        <div className={classes.who}>
          <Avatar name={name} />
          <div>
            <CustomerLink id={id} name={name} />
            <Text fz="xs" c="dimmed" hiddenFrom="lg">
              {email}
            </Text>
            <Tags tags={customer.tags} />
          </div>
        </div>
      </Table.Td>
      <Table.Td visibleFrom="lg" c="dimmed" fz="sm">
        {email}
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed" fz="sm">
        {customer.customer_group}
      </Table.Td>
      <Table.Td visibleFrom="md" c="dimmed" fz="sm">
        {customer.aggregator}
      </Table.Td>
      <Table.Td ta="right">
        <Count value={customer.bookings} />
      </Table.Td>
      <Table.Td visibleFrom="xs">
        <StatusBadge status={customer.status} />
      </Table.Td>
    </Table.Tr>
  )
})
