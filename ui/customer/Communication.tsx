import { IconMail } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { CustomerProfile, Delivery } from '../../api/contract/customers.ts'
import { communicationQuery } from '../client/customers.ts'
import { DeliveryItem } from '../deliveries/DeliveryItem.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Customer.module.css'

/** Everything that was ever sent to a customer, and what became of it. */
export function Communication({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const messages = useInfiniteQuery({ ...communicationQuery(customer.id), refetchInterval: 5_000 })
  const detailOf = ({ campaign, subject, address }: Delivery) => {
    const to = text('communication.to', { address })
    return campaign.name === subject ? to : `${subjectOf(campaign.name)} · ${to}`
  }
  return (
    <ListPanel>
      <PagedList
        query={messages}
        loading={{ rows: 6 }}
        empty={
          <EmptyState
            icon={IconMail}
            title={text('communication.emptyTitle')}
            text={text('communication.emptyText', { name: customer.name })}
          />
        }
      >
        {(items) => (
          <ul className={classes.list}>
            {items.map((delivery) => (
              <DeliveryItem
                key={delivery.id}
                delivery={delivery}
                title={subjectOf(delivery.subject)}
                detail={detailOf(delivery)}
              />
            ))}
          </ul>
        )}
      </PagedList>
    </ListPanel>
  )
}
