import { Button } from '@mantine/core'
import { IconFilterOff, IconMail } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CommunicationItem, CustomerProfile } from '../../api/contract/customers.ts'
import { type CommunicationAsked, communicationQuery } from '../client/customers.ts'
import { DeliveryItem } from '../deliveries/DeliveryItem.tsx'
import { MessageButton } from '../deliveries/MessageButton.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { CommunicationFilters } from './CommunicationFilters.tsx'
import classes from './Customer.module.css'
import { NotSentItem } from './NotSentItem.tsx'

/** Everything that was ever sent to a customer, and what became of it; and what was not sent, and why. */
export function Communication({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const [asked, ask] = useState<CommunicationAsked>({})
  const messages = useInfiniteQuery({
    ...communicationQuery(customer.id, asked),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  })
  const isAll = Object.values(asked).every((value) => value === undefined || [value].flat().length === 0)
  const detailOf = ({ campaign, provider, subject, address }: CommunicationItem) =>
    [
      campaign.name === subject ? null : subjectOf(campaign.name),
      provider?.name ?? null,
      text('communication.to', { address }),
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <ListPanel>
      <CommunicationFilters asked={asked} onChange={ask} />
      <PagedList
        query={messages}
        loading={{ rows: 6 }}
        empty={
          isAll ? (
            <EmptyState
              icon={IconMail}
              title={text('communication.emptyTitle')}
              text={text('communication.emptyText', { name: customer.name })}
            />
          ) : (
            <EmptyState
              icon={IconFilterOff}
              title={text('deliveries.noMatchTitle')}
              text={text('deliveries.noMatchText')}
              action={
                <Button variant="default" onClick={() => ask({})}>
                  {text('filter.clear')}
                </Button>
              }
            />
          )
        }
      >
        {(items) => (
          <ul className={classes.list}>
            {items.map((item) =>
              item.not_sent === 'left_out' || item.not_sent === 'held_out' ? (
                <NotSentItem key={item.id} item={item} />
              ) : (
                <DeliveryItem
                  key={item.id}
                  delivery={item}
                  title={subjectOf(item.subject)}
                  detail={detailOf(item)}
                  more={<MessageButton delivery={item.id} subject={subjectOf(item.subject)} />}
                />
              ),
            )}
          </ul>
        )}
      </PagedList>
    </ListPanel>
  )
}
