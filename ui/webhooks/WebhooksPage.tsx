import { Anchor, Button, Table, Text } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import type { Webhook } from '../../api/contract/webhooks.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { webhooksQuery } from './queries.ts'
import { WebhookBadge } from './WebhookBadge.tsx'
import { WebhookDialog } from './WebhookDialog.tsx'

/** The systems that are told what happens here. */
export function WebhooksPage() {
  const text = useText()
  const navigate = useNavigate()
  const mayWrite = useMay('webhooks.write')
  const { data, error, refetch } = useQuery(webhooksQuery)
  const [adding, setAdding] = useState(false)
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setAdding(true)}>
      {text('webhooks.add')}
    </Button>
  )
  return (
    <Page title={text('webhooks.title')} actions={data !== undefined && data.items.length > 0 && add}>
      <Text mb="md" fz="sm" c="dimmed" maw={720}>
        {text('webhooks.lead')}
      </Text>
      <ListPanel>
        {data === undefined ? (
          error ? (
            <ErrorState error={error} onRetry={refetch} />
          ) : (
            <RowsLoading rows={3} />
          )
        ) : data.items.length === 0 ? (
          <EmptyState
            icon={IconWebhook}
            title={text('webhooks.emptyTitle')}
            text={text('webhooks.emptyText')}
            action={add}
          />
        ) : (
          <Webhooks webhooks={data.items} />
        )}
      </ListPanel>
      {adding && (
        <WebhookDialog
          onClose={() => setAdding(false)}
          onDone={({ id }) => void navigate({ to: '/webhooks/$id', params: { id } })}
        />
      )}
    </Page>
  )
}

function Webhooks({ webhooks }: { webhooks: readonly Webhook[] }) {
  const text = useText()
  const intl = useIntl()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{text('webhooks.webhook')}</Table.Th>
          <Table.Th visibleFrom="sm">{text('webhooks.events')}</Table.Th>
          <Table.Th visibleFrom="sm" ta="right">
            {text('webhooks.arrived')}
          </Table.Th>
          <Table.Th visibleFrom="sm" ta="right">
            {text('webhooks.waiting')}
          </Table.Th>
          <Table.Th ta="right">{text('webhooks.state')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {webhooks.map((webhook) => (
          <Table.Tr key={webhook.id}>
            <Table.Td>
              <Anchor
                fz="sm"
                fw={550}
                renderRoot={(rest: object) => <Link {...rest} to="/webhooks/$id" params={{ id: webhook.id }} />}
              >
                {webhook.name}
              </Anchor>
              <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {hostOf(webhook.url)}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="sm">{text('webhooks.kinds', { count: webhook.events.length })}</Table.Td>
            <Table.Td visibleFrom="sm" ta="right">
              {intl.formatNumber(webhook.done)}
            </Table.Td>
            <Table.Td visibleFrom="sm" ta="right">
              {intl.formatNumber(webhook.queued)}
            </Table.Td>
            <Table.Td ta="right">
              <WebhookBadge webhook={webhook} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** The rest of an address may be as secret as a password. */
const hostOf = (url: string): string => URL.parse(url)?.host ?? url
