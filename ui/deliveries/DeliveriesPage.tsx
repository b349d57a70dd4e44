import { Box, Button } from '@mantine/core'
import { IconFilterOff, IconHistory } from '@tabler/icons-react'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Delivery } from '../../api/contract/customers.ts'
import type { DeliveryFilter } from '../../api/contract/deliveries.ts'
import { Count } from '../shared/Count.tsx'
import { CustomerLink } from '../shared/CustomerLink.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { Page } from '../shared/Page.tsx'
import { itemsOf, PagedList } from '../shared/PagedList.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { DeliveryFilters } from './DeliveryFilters.tsx'
import classes from './DeliveryItem.module.css'
import { DeliveryItem } from './DeliveryItem.tsx'
import { filterFromSearch, filterToSearch, isEmptyFilter } from './deliverySearch.ts'
import { PickedBar } from './PickedBar.tsx'
import { isPicked, NOTHING, type Picked, toggleOne } from './picked.ts'
import { useDeliveries } from './useDeliveries.ts'

const route = getRouteApi('/shell/deliveries')

/** Every message of every mailing, newest first: filters in the address, picks in the page. */
export function DeliveriesPage() {
  const text = useText()
  const subjectOf = useReadableSubject()
  const filter = filterFromSearch(route.useSearch())
  const navigate = route.useNavigate()
  const { deliveries, facets } = useDeliveries(filter)
  const [picked, pick] = useState<Picked>(NOTHING)
  const shown = itemsOf(deliveries)
  const change = (next: DeliveryFilter) => {
    // “All that match” was said of the filter before; picks one by one stay
    if (picked.kind === 'all') pick(NOTHING)
    void navigate({ search: filterToSearch(next), replace: true, resetScroll: false })
  }
  const detailOf = ({ campaign, subject, address }: Delivery) =>
    [
      campaign.name === subject ? null : subjectOf(campaign.name),
      campaign.name.endsWith(`: ${subject}`) ? null : subjectOf(subject),
      address,
    ]
      .filter((part) => part !== null)
      .join(' · ')
  return (
    <Page
      title={text('deliveries.title')}
      aside={
        facets && (
          <span className={classes.count}>
            <Count value={facets.total} />
          </span>
        )
      }
    >
      <ListPanel>
        <PickedBar filter={filter} picked={picked} onPick={pick} shown={shown} total={facets?.total} />
        <Box px="md" py={10}>
          <DeliveryFilters filter={filter} facets={facets} onChange={change} />
        </Box>
        <PagedList
          query={deliveries}
          loading={{ rows: 10 }}
          empty={
            isEmptyFilter(filter) ? (
              <EmptyState
                icon={IconHistory}
                title={text('deliveries.emptyTitle')}
                text={text('deliveries.emptyText')}
                action={
                  <Button renderRoot={(props: object) => <Link {...props} to="/segments" />}>
                    {text('mailings.emptyAction')}
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={IconFilterOff}
                title={text('deliveries.noMatchTitle')}
                text={text('deliveries.noMatchText')}
                action={
                  <Button variant="default" onClick={() => change({})}>
                    {text('filter.clear')}
                  </Button>
                }
              />
            )
          }
        >
          {(items) => (
            <ul className={classes.list}>
              {items.map((delivery) => (
                <DeliveryItem
                  key={delivery.id}
                  delivery={delivery}
                  title={delivery.customer.name}
                  detail={detailOf(delivery)}
                  pick={{
                    picked: isPicked(picked, delivery.id),
                    label: text('deliveries.pick', { name: delivery.customer.name }),
                    onPick: () => pick(toggleOne(picked, delivery, items)),
                  }}
                  more={
                    <CustomerLink id={delivery.customer.id} name={text('mailing.openCustomer')} tab="communication" />
                  }
                />
              ))}
            </ul>
          )}
        </PagedList>
      </ListPanel>
    </Page>
  )
}
