import { IconCircles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import { customerSegmentsQuery } from '../client/customers.ts'
import { segmentQuery } from '../client/segments.ts'
import { Why } from '../segment/Why.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { IfMay } from '../shared/IfMay.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import { AddToSegments } from './AddToSegments.tsx'
import classes from './Customer.module.css'
import { CustomerSegment } from './CustomerSegment.tsx'
import { TakenOut } from './TakenOut.tsx'

/** The segments that a customer is in, since when, and why. */
export function CustomerSegments({ customer }: { customer: CustomerProfile }) {
  const text = useText()
  const { data, error, refetch } = useQuery({ ...customerSegmentsQuery(customer.id), refetchInterval: 10_000 })
  const [asked, setAsked] = useState<{ segment: string; provider: string | undefined } | null>(null)
  return (
    <ListPanel>
      <div className={classes.listHead}>
        <IfMay permission="segments.decide">
          <AddToSegments customer={customer} />
        </IfMay>
      </div>
      {data ? (
        data.items.length + data.taken_out.length > 0 ? (
          <ul className={classes.list}>
            {data.items.map((segment) => (
              <CustomerSegment
                key={`${segment.id} ${segment.provider?.id}`}
                segment={segment}
                customer={customer}
                onWhy={() => setAsked({ segment: segment.id, provider: segment.provider?.id })}
              />
            ))}
            {data.taken_out.map((segment) => (
              <TakenOut key={`${segment.id} ${segment.provider?.id}`} segment={segment} customer={customer} />
            ))}
          </ul>
        ) : (
          <EmptyState
            icon={IconCircles}
            title={text('customerSegments.emptyTitle')}
            text={text('customerSegments.emptyText', { name: customer.name })}
          />
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <RowsLoading rows={4} />
      )}
      {asked && <WhyHere asked={asked} customer={customer} onClose={() => setAsked(null)} />}
    </ListPanel>
  )
}

type WhyProps = {
  asked: { segment: string; provider: string | undefined }
  customer: CustomerProfile
  onClose: () => void
}

/** The explanation needs the segment's rule, which the list does not carry. */
function WhyHere({ asked, customer, onClose }: WhyProps) {
  const { data: segment } = useQuery(segmentQuery(asked.segment))
  return segment ? <Why segment={segment} customer={customer} provider={asked.provider} onClose={onClose} /> : null
}
