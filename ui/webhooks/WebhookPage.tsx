import { Alert, Button, Code, Group, Menu, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconDots, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { changeWebhook, deleteWebhook, testWebhook, type Webhook } from '../../api/contract/webhooks.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { notifyDone, notifyRefused, useNotifyProblem } from '../shared/notify.ts'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'
import { CallLog } from './CallLog.tsx'
import { webhookQuery, webhooksQuery } from './queries.ts'
import { ReplayDialog } from './ReplayDialog.tsx'
import { SecretPanel } from './SecretPanel.tsx'
import { WebhookBadge } from './WebhookBadge.tsx'
import { WebhookDialog } from './WebhookDialog.tsx'

const route = getRouteApi('/shell/webhooks/$id')

/** One webhook: how its calls go, its secret, and the log of all of them. */
export function WebhookPage() {
  const text = useText()
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery(webhookQuery(id))
  const back = { to: '/webhooks' } as const
  if (data === undefined) {
    return (
      <Page title={text('webhooks.title')} back={back}>
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={6} />}</ListPanel>
      </Page>
    )
  }
  return (
    <Page title={data.name} back={back} aside={<WebhookBadge webhook={data} />} actions={<Actions webhook={data} />}>
      <Stack>
        <Trouble webhook={data} />
        <Facts webhook={data} />
        <SecretPanel webhook={data} />
        <CallLog id={data.id} />
      </Stack>
    </Page>
  )
}

/** What is to be done: a test, on and off, another address, sent again, deleted. */
function Actions({ webhook }: { webhook: Webhook }) {
  const text = useText()
  const { id, state } = webhook
  const mayWrite = useMay('webhooks.write')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [dialog, setDialog] = useState<'edit' | 'replay' | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: webhooksQuery.queryKey })
  const test = useMutation({
    mutationFn: () => call(testWebhook, { params: { id } }),
    onSuccess: ({ outcome, status, answer, milliseconds }) => {
      if (outcome === 'done') notifyDone(text('webhooks.tested', { status, milliseconds }))
      else if (status !== null) notifyRefused(text('webhooks.testRefused', { status }))
      else notifyRefused(text('webhooks.testLost', { why: answer }))
      return again()
    },
    onError: notifyProblem,
  })
  const turn = useMutation({
    mutationFn: () => call(changeWebhook, { params: { id }, body: { state: state === 'on' ? 'off' : 'on' } }),
    onSuccess: again,
    onError: notifyProblem,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteWebhook, { params: { id } }),
    onSuccess: async () => {
      await navigate({ to: '/webhooks' })
      queries.removeQueries({ queryKey: webhookQuery(id).queryKey })
      await again()
    },
    onError: notifyProblem,
  })
  if (!mayWrite) return null
  const ask = () =>
    modals.openConfirmModal({
      title: text('webhooks.deleteTitle', { name: webhook.name }),
      children: <Text fz="sm">{text('webhooks.deleteText')}</Text>,
      labels: { confirm: text('webhooks.delete'), cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconSend size={16} />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {text('webhooks.test')}
      </Button>
      <Button
        variant={state === 'on' ? 'default' : 'filled'}
        leftSection={state === 'on' ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        loading={turn.isPending}
        onClick={() => turn.mutate()}
      >
        {text(state === 'on' ? 'webhooks.turnOff' : 'webhooks.turnOn')}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" px={10} aria-label={text('webhooks.more')}>
            <IconDots size={18} aria-hidden="true" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDialog('edit')}>
            {text('webhooks.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSend size={16} />}
            disabled={state === 'off'}
            onClick={() => setDialog('replay')}
          >
            {text('webhooks.replay')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask}>
            {text('webhooks.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' && <WebhookDialog webhook={webhook} onClose={() => setDialog(null)} />}
      {dialog === 'replay' && <ReplayDialog id={id} onClose={() => setDialog(null)} />}
    </>
  )
}

/** Why nothing arrives, and what to do. */
function Trouble({ webhook }: { webhook: Webhook }) {
  const text = useText()
  const { off_reason: reason, off_at: off, failing_since: failing, state } = webhook
  if (reason !== null && off !== null) {
    return (
      <Alert color="red" title={text(`webhooks.why.${reason}`)}>
        <Instant at={off} time /> · {text('webhooks.whatNow')}
      </Alert>
    )
  }
  if (state === 'off') return <Alert color="gray">{text('webhooks.offText')}</Alert>
  if (failing === null) return null
  return (
    <Alert color="orange" title={text('webhooks.failingTitle')}>
      {text('webhooks.failingSince')} <Instant at={failing} time />. {text('webhooks.failingText')}
    </Alert>
  )
}

function Facts({ webhook }: { webhook: Webhook }) {
  const text = useText()
  const intl = useIntl()
  return (
    <Paper p="lg">
      <Stack gap="sm">
        <Code fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {webhook.url}
        </Code>
        <Group gap={6}>
          {webhook.events.map((event) => (
            <Code key={event}>{event}</Code>
          ))}
        </Group>
        <SimpleGrid cols={3}>
          {(['done', 'queued', 'failed'] as const).map((name) => (
            <div key={name}>
              <Text fz="xl" fw={650}>
                {intl.formatNumber(webhook[name])}
              </Text>
              <Text fz="xs" c="dimmed">
                {text(`webhooks.count.${name}`)}
              </Text>
            </div>
          ))}
        </SimpleGrid>
      </Stack>
    </Paper>
  )
}
