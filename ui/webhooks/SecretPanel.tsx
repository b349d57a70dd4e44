import { Button, Code, CopyButton, Group, Paper, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconEye, IconEyeOff, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { rotateEndpointSecret, showEndpointSecret, type Webhook } from '../../api/contract/webhooks.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { Instant } from '../shared/Instant.tsx'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { webhookQuery } from './queries.ts'

/** What calls are signed with: seen when asked for, and replaced. */
export function SecretPanel({ webhook }: { webhook: Webhook }) {
  const text = useText()
  const { id, secret_ends_with: ending, secret_since: since, previous_until: until } = webhook
  const mayWrite = useMay('webhooks.write')
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [shown, setShown] = useState<string | null>(null)
  const show = useMutation({
    mutationFn: () => call(showEndpointSecret, { params: { id } }),
    onSuccess: ({ secret }) => setShown(secret),
    onError: notifyProblem,
  })
  const rotate = useMutation({
    mutationFn: () => call(rotateEndpointSecret, { params: { id } }),
    onSuccess: ({ secret }) => {
      setShown(secret)
      notifyDone(text('webhookSecret.rotated'))
      return queries.invalidateQueries({ queryKey: webhookQuery(id).queryKey })
    },
    onError: notifyProblem,
  })
  if (!mayWrite) return null
  const ask = () =>
    modals.openConfirmModal({
      title: text('webhookSecret.rotate.title'),
      children: <Text fz="sm">{text('webhookSecret.rotate.text')}</Text>,
      labels: { confirm: text('webhookSecret.rotate.act'), cancel: text('action.cancel') },
      onConfirm: () => rotate.mutate(),
    })
  return (
    <Paper p="lg">
      <Stack gap="xs">
        <Text fw={600}>{text('webhooks.secret')}</Text>
        <Group gap="xs">
          <Code fz="sm" style={{ overflowWrap: 'anywhere' }} data-testid="webhook-secret" aria-live="polite">
            {shown ?? `whsec_${'•'.repeat(12)}${ending}`}
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
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={15} />}
            loading={rotate.isPending}
            onClick={ask}
          >
            {text('webhookSecret.rotate')}
          </Button>
        </Group>
        <Text fz="sm" c="dimmed">
          {text('webhookSecret.since')} <Instant at={since} time />
          {until !== null && (
            <>
              {' · '}
              {text('webhookSecret.previous')} <Instant at={until} time />
            </>
          )}
        </Text>
        <Text fz="sm">{text('webhooks.how')}</Text>
        <Code block>{'Perennial-Signature: t=SECONDS,v1=HMAC-SHA256(secret, SECONDS + "." + body)'}</Code>
      </Stack>
    </Paper>
  )
}
