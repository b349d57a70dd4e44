import { Button, Code, CopyButton, Group, Modal, Paper, Stack, Text } from '@mantine/core'
import { IconEye, IconEyeOff, IconLock, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getWebhookSecret, rotateWebhookSecret, showWebhookSecret } from '../../api/contract/webhookSecret.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { EmptyState } from '../shared/EmptyState.tsx'
import { ErrorState } from '../shared/ErrorState.tsx'
import { Instant } from '../shared/Instant.tsx'
import { ListPanel } from '../shared/ListPanel.tsx'
import { RowsLoading } from '../shared/Loading.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { Page } from '../shared/Page.tsx'
import { useText } from '../shared/useText.tsx'

const KEY = ['settings', 'webhook-secret']

/** What the webhooks of automations are signed with: seen when asked for, and replaced. */
export function WebhookSecretPage() {
  const text = useText()
  const isAdmin = useMay('settings.write')
  const { data, error, refetch } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(getWebhookSecret, { signal }),
    enabled: isAdmin,
  })
  return (
    <Page title={text('webhookSecret.title')} back={{ to: '/settings' }}>
      {!isAdmin ? (
        <ListPanel>
          <EmptyState icon={IconLock} title={text('webhookSecret.title')} text={text('webhookSecret.onlyAdmins')} />
        </ListPanel>
      ) : data ? (
        <Secret {...data} />
      ) : (
        <ListPanel>{error ? <ErrorState error={error} onRetry={refetch} /> : <RowsLoading rows={2} />}</ListPanel>
      )}
    </Page>
  )
}

type Props = { ends_with: string; created_at: string; previous_until: string | null }

function Secret({ ends_with, created_at, previous_until }: Props) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [shown, setShown] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const show = useMutation({
    mutationFn: () => call(showWebhookSecret, {}),
    onSuccess: ({ secret }) => setShown(secret),
    onError: notifyProblem,
  })
  const rotate = useMutation({
    mutationFn: () => call(rotateWebhookSecret, {}),
    onSuccess: ({ secret, ...about }) => {
      client.setQueryData(KEY, about)
      setShown(secret)
      setAsking(false)
      notifyDone(text('webhookSecret.rotated'))
    },
    onError: notifyProblem,
  })
  return (
    <Paper p="lg" maw={760}>
      <Stack>
        <Text>{text('webhookSecret.text')}</Text>
        <Group gap="xs">
          <Code fz="sm" style={{ overflowWrap: 'anywhere' }} data-testid="webhook-secret" aria-live="polite">
            {shown ?? `whsec_${'•'.repeat(12)}${ends_with}`}
          </Code>
          {shown === null ? (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconEye size={15} />}
              loading={show.isPending}
              onClick={() => show.mutate()}
            >
              {text('webhookSecret.show')}
            </Button>
          ) : (
            <>
              <CopyButton value={shown}>
                {({ copied, copy }) => (
                  <Button variant="default" size="xs" onClick={copy}>
                    {text(copied ? 'settings.copied' : 'settings.copy')}
                  </Button>
                )}
              </CopyButton>
              <Button variant="default" size="xs" leftSection={<IconEyeOff size={15} />} onClick={() => setShown(null)}>
                {text('webhookSecret.hide')}
              </Button>
            </>
          )}
        </Group>
        <Text fz="sm" c="dimmed">
          {text('webhookSecret.since')} <Instant at={created_at} time />
          {previous_until !== null && (
            <>
              {' · '}
              {text('webhookSecret.previous')} <Instant at={previous_until} time />
            </>
          )}
        </Text>
        <Text fz="sm">{text('webhookSecret.how')}</Text>
        <Code block>{'HMAC-SHA256(secret, t + "." + body) = v1'}</Code>
        <Group>
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setAsking(true)}>
            {text('webhookSecret.rotate')}
          </Button>
        </Group>
      </Stack>
      <Modal opened={asking} onClose={() => setAsking(false)} title={text('webhookSecret.rotate.title')}>
        <Stack>
          <Text>{text('webhookSecret.rotate.text')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              {text('action.cancel')}
            </Button>
            <Button loading={rotate.isPending} onClick={() => rotate.mutate()}>
              {text('webhookSecret.rotate.act')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Paper>
  )
}
