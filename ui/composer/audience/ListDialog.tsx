import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { readList } from '../../../api/contract/orders.ts'
import { call } from '../../client/call.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { keepRecipients } from '../../shared/recipients.ts'
import { useText } from '../../shared/useText.tsx'
import { UnreadLines } from './UnreadLines.tsx'

/** Writes to the customers of a pasted list: reads it, says which lines name nobody or several, then opens the composer. */
export function ListDialog({ onClose }: { onClose: () => void }) {
  const text = useText()
  const navigate = useNavigate()
  const notifyProblem = useNotifyProblem()
  const [pasted, setPasted] = useState('')
  const read = useMutation({
    mutationFn: () => call(readList, { body: { text: pasted } }),
    onError: notifyProblem,
  })
  const list = read.data
  const found = list?.customers.length ?? 0
  const write = () => {
    const customers = list?.customers ?? []
    keepRecipients({ recipients: { customers }, count: customers.length, label: text('list.label') })
    void navigate({ to: '/compose' })
  }
  return (
    <Modal opened onClose={onClose} title={text('list.title')} size="lg">
      <Stack>
        <Textarea
          label={text('list.text')}
          description={text('list.textHelp')}
          value={pasted}
          onChange={(event) => {
            setPasted(event.currentTarget.value)
            read.reset()
          }}
          autosize
          minRows={5}
          maxRows={12}
          data-autofocus
        />
        {list !== undefined && (
          <Stack gap={8} role="status" data-testid="list-read">
            <Text fw={600}>{text('list.found', { count: found })}</Text>
            {list.twice > 0 && (
              <Text fz="sm" c="dimmed">
                {text('list.twice', { count: list.twice })}
              </Text>
            )}
            {list.unknown_count > 0 && (
              <Alert color="orange" variant="light" title={text('list.unknown', { count: list.unknown_count })}>
                <UnreadLines lines={list.unknown} count={list.unknown_count} />
              </Alert>
            )}
            {list.ambiguous_count > 0 && (
              <Alert color="orange" variant="light" title={text('list.ambiguous', { count: list.ambiguous_count })}>
                <UnreadLines lines={list.ambiguous} count={list.ambiguous_count} />
              </Alert>
            )}
          </Stack>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          {found > 0 ? (
            <Button onClick={write}>{text('list.write', { count: found })}</Button>
          ) : (
            <Button onClick={() => read.mutate()} loading={read.isPending} disabled={pasted.trim() === ''}>
              {text('list.read')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
