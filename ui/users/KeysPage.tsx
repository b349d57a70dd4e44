import { Badge, Button, Code, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiKey, revokeApiKey } from '../../api/contract/access.ts'
import { call } from '../client/call.ts'
import { Ago } from '../shared/Ago.tsx'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { useNotifyProblem } from '../shared/notify.ts'
import { Page } from '../shared/Page.tsx'
import { useNow } from '../shared/useNow.ts'
import { useText } from '../shared/useText.tsx'
import { KeyDialog } from './KeyDialog.tsx'
import { keysQuery } from './usersQuery.ts'

/** The keys by which programs call the API: made, looked over, revoked. */
export function KeysPage() {
  const text = useText()
  const { data, error, refetch } = useQuery(keysQuery)
  const [making, setMaking] = useState(false)
  const make = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
      {text('keys.make')}
    </Button>
  )
  return (
    <Page title={text('keys.title')} back={{ to: '/settings' }} actions={make}>
      <Text mb="md" fz="sm" c="dimmed">
        {text('keys.lead')}
      </Text>
      <ListPanel>
        {data === undefined ? (
          error ? (
            <ErrorState error={error} onRetry={refetch} />
          ) : (
            <RowsLoading rows={4} />
          )
        ) : data.items.length === 0 ? (
          <EmptyState icon={IconKey} title={text('keys.emptyTitle')} text={text('keys.emptyText')} />
        ) : (
          <Keys keys={data.items} />
        )}
      </ListPanel>
      {making && <KeyDialog onClose={() => setMaking(false)} />}
    </Page>
  )
}

function Keys({ keys }: { keys: readonly ApiKey[] }) {
  const text = useText()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('keys.key')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('keys.scopes')}</Table.Th>
          <Table.Th visibleFrom="md">{text('keys.expires')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('keys.used')}</Table.Th>
          <Table.Th ta="right" aria-label={text('keys.revoke')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((key) => (
          <Table.Tr key={key.id}>
            <Table.Td>
              <Text fz="sm" fw={550}>
                {key.name}
              </Text>
              <Code>{key.prefix}…</Code>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              {key.scopes === null ? (
                text('keys.all')
              ) : (
                <span title={key.scopes.join(', ')}>{text('keys.some', { count: key.scopes.length })}</span>
              )}
              <Text fz="xs" c="dimmed">
                {key.provider === null ? text('keys.wholeBusiness') : key.provider.name}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="md">
              {key.expires_at === null ? text('keys.expiresNever') : <Instant at={key.expires_at} />}
            </Table.Td>
            <Table.Td visibleFrom="sm" c="dimmed">
              <Ago at={key.last_used_at} />
            </Table.Td>
            <Table.Td ta="right">
              <Standing apiKey={key} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Over, revoked, or the way to revoke it. */
function Standing({ apiKey: { id, name, expires_at: expires, revoked_at: revoked } }: { apiKey: ApiKey }) {
  const text = useText()
  const now = useNow()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const revoke = useMutation({
    mutationFn: () => call(revokeApiKey, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keysQuery.queryKey }),
    onError: notifyProblem,
  })
  if (revoked !== null) return <Badge color="gray">{text('keys.revoked')}</Badge>
  if (expires !== null && new Date(expires) < now) return <Badge color="gray">{text('keys.over')}</Badge>
  const title = text('keys.revokeOne', { name })
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={title}
      loading={revoke.isPending}
      onClick={() =>
        modals.openConfirmModal({
          title,
          children: <Text fz="sm">{text('keys.revokeText')}</Text>,
          labels: { confirm: text('keys.revoke'), cancel: text('action.cancel') },
          confirmProps: { color: 'red' },
          onConfirm: () => revoke.mutate(),
        })
      }
    >
      {text('keys.revoke')}
    </Button>
  )
}
