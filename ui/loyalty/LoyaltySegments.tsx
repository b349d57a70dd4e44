import { Table, Text } from '@mantine/core'
import { IconCircles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import { loyaltyQuery } from '../client/loyalty.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './Loyalty.module.css'
import { LoyaltySegmentRow } from './LoyaltySegmentRow.tsx'

/** The provider's segments with their numbers, and which of them can still get this week's mailing. */
export function LoyaltySegments({ provider }: { provider: string }) {
  const text = useText()
  const { data, error, refetch } = useQuery(loyaltyQuery(provider))
  return (
    <ListPanel>
      <div className={classes.head}>
        <h2 className={classes.heading}>{text('loyalty.week')}</h2>
        {data && (
          <Text fz="sm" c="dimmed">
            <FormattedMessage id="loyalty.weekEnds" values={{ at: <Instant at={data.week_ends_at} time /> }} />
          </Text>
        )}
      </div>
      {data ? (
        data.segments.length > 0 ? (
          <Table verticalSpacing={9} className={classes.table ?? ''} aria-label={text('loyalty.week')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('segments.name')}</Table.Th>
                <Table.Th ta="right">{text('segments.customers')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('segments.sevenDays')}</Table.Th>
                <Table.Th>{text('loyalty.thisWeek')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.segments.map((segment) => (
                <LoyaltySegmentRow key={segment.id} segment={segment} provider={data.provider} />
              ))}
            </Table.Tbody>
          </Table>
        ) : (
          <EmptyState icon={IconCircles} title={text('loyalty.noSegments')} text={text('loyalty.noSegmentsText')} />
        )
      ) : error ? (
        <ErrorState error={error} onRetry={refetch} />
      ) : (
        <RowsLoading rows={5} />
      )}
    </ListPanel>
  )
}
