import { Badge, Button, Group, Table, Text } from '@mantine/core'
import { IconEraser } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Erasure, retryErasure } from '../../api/contract/erasures.ts'
import { call } from '../client/call.ts'
import { Ago } from '../shared/Ago.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { erasuresQuery } from './erasuresQuery.ts'

const COLOURS = { running: 'blue', done: 'green', failed: 'red' } as const

/** Who was erased, by their identifiers: nothing else is left. */
export function ErasuresPanel() {
  const text = useText()
  const erasures = useInfiniteQuery(erasuresQuery)
  return (
    <ListPanel>
      <PagedList
        query={erasures}
        loading={{ rows: 3 }}
        empty={<EmptyState icon={IconEraser} title={text('privacy.emptyTitle')} text={text('privacy.emptyText')} />}
      >
        {(items) => (
          <Table aria-label={text('privacy.erasures')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{text('privacy.identifier')}</Table.Th>
                <Table.Th>{text('privacy.state')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('privacy.by')}</Table.Th>
                <Table.Th visibleFrom="sm">{text('privacy.when')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((erasure) => (
                <Table.Tr key={erasure.id}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{erasure.customer}</Table.Td>
                  <Table.Td>
                    <State erasure={erasure} />
                  </Table.Td>
                  <Table.Td visibleFrom="sm">{erasure.requested_by}</Table.Td>
                  <Table.Td visibleFrom="sm" c="dimmed">
                    <Ago at={erasure.requested_at} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </PagedList>
    </ListPanel>
  )
}

function State({ erasure: { id, state, progress, error } }: { erasure: Erasure }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const retry = useMutation({
    mutationFn: () => call(retryErasure, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: erasuresQuery.queryKey }),
    onError: notifyProblem,
  })
  return (
    <Group gap="xs">
      <Badge color={COLOURS[state]}>
        {state === 'running'
          ? text('privacy.running', { share: Math.floor(progress * 100) })
          : text(`privacy.${state}`)}
      </Badge>
      {state === 'failed' && (
        <>
          <Button size="xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
            {text('privacy.retry')}
          </Button>
          <Text fz="xs" c="dimmed">
            {error}
          </Text>
        </>
      )}
    </Group>
  )
}
