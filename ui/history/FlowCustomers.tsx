import { Table } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { getFlowCustomers } from '../../api/contract/segmentHistory.ts'
import { call } from '../client/call.ts'
import { CustomerRow } from '../customers/CustomerRow.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './History.module.css'
import type { Flow } from './sankey.ts'
import type { FlowsAsked } from './useFlows.ts'

const PAGE = 50
const COLUMNS = ['email', 'status', 'tags', 'customer_group', 'aggregator', 'bookings'] as const

type Props = { asked: FlowsAsked; flow: Flow; nameOf: (place: Flow['start']) => string }

/** The customers of one flow, by name. */
export function FlowCustomers({ asked, flow, nameOf }: Props) {
  const text = useText()
  const { start, end } = flow
  const words = text('flows.way', { customers: flow.customers, start: nameOf(start), end: nameOf(end) })
  const customers = useInfiniteQuery({
    queryKey: ['flows', 'customers', asked, start, end],
    queryFn: ({ pageParam, signal }) =>
      call(getFlowCustomers, {
        query: {
          ...asked,
          segments: [...asked.segments],
          ...{ start: start ?? undefined, end: end ?? undefined, limit: PAGE, cursor: pageParam },
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const heading = useRef<HTMLHeadingElement>(null)
  // a band is high on the page and its customers are under the picture
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <ListPanel>
      <div className={classes.head}>
        <h2 ref={heading} className={classes.title} aria-live="polite">
          {words}
        </h2>
      </div>
      <PagedList query={customers} loading={{ rows: 5 }} empty={null}>
        {(rows) => (
          <Table highlightOnHover verticalSpacing={8} aria-label={words}>
            <Table.Tbody>
              {rows.map((customer) => (
                <CustomerRow key={customer.id} customer={customer} columns={COLUMNS} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </PagedList>
    </ListPanel>
  )
}
