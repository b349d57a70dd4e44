import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Automation, changeAutomation } from '../../../api/contract/automations.ts'
import { automationQuery, automationsQuery } from '../../client/automations.ts'
import { call } from '../../client/call.ts'
import { useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'

/** Gives an automation another name, and a note for colleagues. */
export function RenameAutomation({ automation, onClose }: { automation: Automation; onClose: () => void }) {
  const text = useText()
  const client = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [name, setName] = useState(automation.name)
  const [note, setNote] = useState(automation.note)
  const called = name.trim()
  const { mutate, isPending } = useMutation({
    mutationFn: () =>
      call(changeAutomation, { params: { id: automation.id }, body: { name: called, note: note.trim() } }),
    onSuccess: (next) => {
      client.setQueryData(automationQuery(automation.id).queryKey, next)
      void client.invalidateQueries({ queryKey: automationsQuery.queryKey })
      onClose()
    },
    onError: notifyProblem,
  })
  return (
    <Modal opened onClose={onClose} title={text('automation.rename.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (called !== '') mutate()
        }}
      >
        <Stack>
          <TextInput
            label={text('automations.name')}
            value={name}
            maxLength={200}
            data-autofocus
            error={called === '' ? text('condition.allowed.one') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={text('automation.note')}
            description={text('automation.note.hint')}
            value={note}
            maxLength={1_000}
            autosize
            minRows={2}
            maxRows={8}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" disabled={called === ''} loading={isPending}>
              {text('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
