import { Select, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { deliveryState } from '../../api/contract/customers.ts'
import { listDeliveries } from '../../api/contract/deliveries.ts'
import { call } from '../client/call.ts'
import { isRunning } from '../client/campaigns.ts'
import { DeliveryItem } from '../deliveries/DeliveryItem.tsx'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

const route = getRouteApi('/shell/mailings/$id')

/** The messages of a mailing, each with what became of it; narrowed to one state in the address. */
export function Messages({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const state = deliveryState.safeParse(route.useSearch().state).data
  const navigate = route.useNavigate()
  const messages = useInfiniteQuery({
    queryKey: ['deliveries', 'of-campaign', mailing.id, state],
    queryFn: ({ pageParam, signal }) =>
      call(listDeliveries, {
        query: { campaign: [mailing.id], state: state && [state], limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: isRunning(mailing) ? 2_000 : 6_000,
  })
  return (
    <ListPanel>
      <div className={classes.bar}>
        <h2 className={classes.heading}>{text('mailing.messages')}</h2>
        <Select
          size="xs"
          w={160}
          aria-label={text('mailings.state')}
          allowDeselect={false}
          value={state ?? ''}
          data={[
            { value: '', label: text('mailing.all') },
            ...deliveryState.options.map((value) => ({ value, label: text(`delivery.${value}`) })),
          ]}
          onChange={(next) => navigate({ search: next ? { state: next } : {}, replace: true, resetScroll: false })}
        />
      </div>
      <PagedList
        query={messages}
        loading={{ rows: 5 }}
        empty={
          <Text c="dimmed" fz="sm" px="md" pb="md">
            {text('mailing.noMessages')}
          </Text>
        }
      >
        {(items) => (
          <ul className={classes.list}>
            {items.map((delivery) => (
              <DeliveryItem
                key={delivery.id}
                delivery={delivery}
                title={delivery.customer.name}
                detail={delivery.address}
                more={
                  <CustomerLink id={delivery.customer.id} name={text('mailing.openCustomer')} tab="communication" />
                }
              />
            ))}
          </ul>
        )}
      </PagedList>
    </ListPanel>
  )
}
