import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { replayWebhook } from '../../api/contract/webhooks.ts'
import { call } from '../client/call.ts'
import { notifyDone } from '../shared/notify.ts'
import { useProblemText } from '../shared/useProblemText.ts'
import { useText } from '../shared/useText.tsx'
import { webhooksQuery } from './queries.ts'

const HOUR = 3_600_000

/** Has everything since a moment sent again: what was missed, or all of it. */
export function ReplayDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const text = useText()
  const problemText = useProblemText()
  const queries = useQueryClient()
  const [since, setSince] = useState(() => localText(new Date(Date.now() - 24 * HOUR)))
  const [missed, setMissed] = useState(true)
  const replay = useMutation({
    mutationFn: () =>
      call(replayWebhook, { params: { id }, body: { since: new Date(since).toISOString(), only_missed: missed } }),
    onSuccess: ({ sent }) => {
      notifyDone(text('webhooks.replayed', { count: sent }))
      onClose()
      return queries.invalidateQueries({ queryKey: webhooksQuery.queryKey })
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('webhooks.replay')}
      closeButtonProps={{ 'aria-label': text('action.cancel') }}
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          replay.mutate()
        }}
      >
        <Stack>
          <Text fz="sm">{text('webhooks.replayText')}</Text>
          <TextInput
            type="datetime-local"
            label={text('webhooks.since')}
            required
            withAsterisk={false}
            data-autofocus
            value={since}
            onChange={(event) => setSince(event.currentTarget.value)}
          />
          <Checkbox
            label={text('webhooks.onlyMissed')}
            checked={missed}
            onChange={(event) => setMissed(event.currentTarget.checked)}
          />
          {replay.isError && (
            <Text c="red" fz="sm" role="alert">
              {problemText(replay.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" loading={replay.isPending} disabled={since === ''}>
              {text('webhooks.sendAgain')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** An instant as the field takes it, by the reader's own clock. */
function localText(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
