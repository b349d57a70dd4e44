import { Button, Table } from '@mantine/core'
import { IconCircles, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { segmentsQuery } from '../client/segments.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { SegmentRow } from './SegmentRow.tsx'

/** All segments at a glance: how many are in each, where it is going, and how fresh that is. */
export function SegmentsPage() {
  const text = useText()
  const { data, error, refetch } = useQuery({ ...segmentsQuery, refetchInterval: 5_000 })
  return (
    <Page
      title={text('segments.title')}
      actions={
        <Button
          leftSection={<IconPlus size={16} />}
          renderRoot={(props: object) => <Link {...props} to="/new-segment" />}
        >
          {text('canvas.new')}
        </Button>
      }
    >
      <ListPanel>
        {data ? (
          data.items.length === 0 ? (
            <EmptyState icon={IconCircles} title={text('segments.emptyTitle')} text={text('segments.emptyText')} />
          ) : (
            <Table highlightOnHover>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text('segments.name')}</Table.Th>
                  <Table.Th ta="right">{text('segments.customers')}</Table.Th>
                  <Table.Th>{text('segments.sevenDays')}</Table.Th>
                  <Table.Th visibleFrom="sm">{text('segments.recalculation')}</Table.Th>
                  <Table.Th visibleFrom="md">{text('segments.last')}</Table.Th>
                  <Table.Th visibleFrom="md">{text('segments.note')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.items.map((segment) => (
                  <SegmentRow key={segment.id} segment={segment} />
                ))}
              </Table.Tbody>
            </Table>
          )
        ) : error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <RowsLoading rows={7} />
        )}
      </ListPanel>
    </Page>
  )
}
