import { Badge, Button, Code, Group, Modal, NativeSelect, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { IconListDetails, IconSend } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getWebhookCall, listWebhookCalls, replayWebhook, type WebhookCall } from '../../api/contract/webhooks.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { PagedList } from '../shared/PagedList.tsx'
import { useText } from '../shared/useText.tsx'
import { webhooksQuery } from './queries.ts'

const STATES = ['queued', 'done', 'failed'] as const
const COLOURS = { queued: 'orange', done: 'green', failed: 'red' } as const

/** Every call of a webhook, the newest first, with what became of it. */
export function CallLog({ id }: { id: string }) {
  const text = useText()
  const [state, setState] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const chosen = STATES.find((one) => one === state)
  const calls = useInfiniteQuery({
    queryKey: ['webhooks', id, 'calls', state],
    queryFn: ({ pageParam, signal }) =>
      call(listWebhookCalls, { params: { id }, query: { limit: 50, cursor: pageParam, state: chosen }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
  return (
    <ListPanel>
      <Group px="md" py={10} justify="space-between">
        <Text fw={600}>{text('webhooks.log')}</Text>
        <NativeSelect
          size="xs"
          aria-label={text('webhooks.state')}
          value={state}
          data={[
            { value: '', label: text('webhooks.allCalls') },
            ...STATES.map((one) => ({ value: one, label: text(`webhooks.call.${one}`) })),
          ]}
          onChange={(event) => setState(event.currentTarget.value)}
        />
      </Group>
      <PagedList
        query={calls}
        loading={{ rows: 5 }}
        empty={
          <EmptyState icon={IconListDetails} title={text('webhooks.noCalls')} text={text('webhooks.noCallsText')} />
        }
      >
        {(items) => <Calls calls={items} onOpen={setOpen} />}
      </PagedList>
      {open !== null && <CallDialog id={id} event={open} onClose={() => setOpen(null)} />}
    </ListPanel>
  )
}

function Calls({ calls, onOpen }: { calls: readonly WebhookCall[]; onOpen: (event: string) => void }) {
  const text = useText()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('webhooks.event')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('webhooks.happened')}</Table.Th>
          <Table.Th visibleFrom="sm" ta="right">
            {text('webhooks.tries')}
          </Table.Th>
          <Table.Th ta="right">{text('webhooks.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {calls.map(({ event, type, at, attempts, state, status }) => (
          <Table.Tr key={event}>
            <Table.Td>
              <UnstyledButton
                fz="sm"
                c="var(--mantine-color-anchor)"
                onClick={() => onOpen(event)}
                aria-label={text('webhooks.look', { event, type })}
              >
                {type}
              </UnstyledButton>
              <Text fz="xs" c="dimmed">
                {event}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Instant at={at} time />
            </Table.Td>
            <Table.Td visibleFrom="sm" ta="right">
              {attempts}
            </Table.Td>
            <Table.Td ta="right">
              <Badge color={COLOURS[state]}>
                {text(`webhooks.call.${state}`)}
                {status !== null && ` · ${status}`}
              </Badge>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** What was posted, and each try with its answer. */
function CallDialog({ id, event, onClose }: { id: string; event: string; onClose: () => void }) {
  const text = useText()
  const mayWrite = useMay('webhooks.write')
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', id, 'call', event],
    queryFn: ({ signal }) => call(getWebhookCall, { params: { id, event }, signal }),
    refetchInterval: 5_000,
  })
  const again = useMutation({
    mutationFn: () => call(replayWebhook, { params: { id }, body: { event } }),
    onSuccess: () => {
      notifyDone(text('webhooks.replayed', { count: 1 }))
      return queries.invalidateQueries({ queryKey: webhooksQuery.queryKey })
    },
    onError: notifyProblem,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={data === undefined ? event : `${data.type} · ${event}`}
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      {data === undefined ? (
        error ? (
          <ErrorState error={error} onRetry={refetch} />
        ) : (
          <RowsLoading rows={4} />
        )
      ) : (
        <Stack>
          <Text fz="sm" fw={600}>
            {text('webhooks.posted')}
          </Text>
          <Code block tabIndex={0} role="region" aria-label={text('webhooks.posted')}>
            {JSON.stringify(data.body, null, 2)}
          </Code>
          {data.next_at !== null && (
            <Text fz="sm" c="dimmed">
              {text('webhooks.nextTry')} <Instant at={data.next_at} time />
            </Text>
          )}
          {data.tries.map((tried) => (
            <div key={tried.at}>
              <Group gap="xs" mb={4}>
                <Badge color={tried.outcome === 'done' ? 'green' : tried.outcome === null ? 'gray' : 'orange'}>
                  {tried.status ?? text(tried.outcome === null ? 'webhooks.noEnd' : 'webhooks.noAnswer')}
                </Badge>
                <Text fz="sm">
                  <Instant at={tried.at} time />
                  {tried.milliseconds !== null && ` · ${text('webhooks.took', { milliseconds: tried.milliseconds })}`}
                </Text>
              </Group>
              <Code block tabIndex={0} role="region" aria-label={text('webhooks.try')}>
                {[
                  `POST ${tried.url}`,
                  ...Object.entries(tried.headers).map(([name, value]) => `${name}: ${value}`),
                  ...(tried.answer === null || tried.answer === '' ? [] : ['', tried.answer]),
                ].join('\n')}
              </Code>
            </div>
          ))}
          {mayWrite && (
            <Group justify="flex-end">
              <Button
                variant="default"
                leftSection={<IconSend size={16} />}
                loading={again.isPending}
                onClick={() => again.mutate()}
              >
                {text('webhooks.sendAgain')}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Modal>
  )
}
