import { ActionIcon, Text, Tooltip } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconUserMinus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Audience, type AudienceContact, removeContact } from '../../api/contract/audiences.ts'
import { call } from '../client/call.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

/** Takes one customer out of an audience, after a question; only while their message waits. */
export function RemoveContact({ audience, contact }: { audience: Audience; contact: AudienceContact }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const remove = useMutation({
    mutationFn: () => call(removeContact, { params: { id: audience.id, customer: contact.id } }),
    onSuccess: () => {
      notifyDone(text('audience.removed', { name: contact.name }))
      void queries.invalidateQueries({ queryKey: ['audience', audience.id] })
    },
    onError: notifyProblem,
  })
  if (contact.state !== 'queued') return null
  const label = text('audience.remove', { name: contact.name })
  const ask = () =>
    modals.openConfirmModal({
      title: text('audience.removeTitle', { name: contact.name }),
      children: <Text fz="sm">{text('audience.removeText')}</Text>,
      labels: { confirm: text('audience.removeConfirm'), cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} loading={remove.isPending} onClick={ask}>
        <IconUserMinus size={17} />
      </ActionIcon>
    </Tooltip>
  )
}
