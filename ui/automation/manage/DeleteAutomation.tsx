import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import { type Automation, deleteAutomation } from '../../../api/contract/automations.ts'
import { automationsQuery } from '../../client/automations.ts'
import { call } from '../../client/call.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { richTags, useText } from '../../shared/useText.tsx'

type Props = { automation: Automation; onClose: () => void; onDeleted: () => void }

/** Asks before an automation is deleted, and says what stays of it. */
export function DeleteAutomation({ automation: { id, name, numbers }, onClose, onDeleted }: Props) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const { mutate, isPending } = useMutation({
    mutationFn: () => call(deleteAutomation, { params: { id } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey })
      notifyDone(text('automation.delete.done', { name }))
      onDeleted()
    },
    onError: notifyProblem,
  })
  return (
    <Modal opened onClose={onClose} title={text('automation.delete.title', { name })}>
      <Stack>
        <Text>
          <FormattedMessage id="automation.delete.text" values={{ ...richTags, entered: numbers.entered }} />
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {text('action.cancel')}
          </Button>
          <Button color="red" loading={isPending} onClick={() => mutate()}>
            {text('automation.delete.act')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
