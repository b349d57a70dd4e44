import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type CustomerView,
  changeCustomerView,
  createCustomerView,
  type ViewDefinition,
} from '../../api/contract/customerList.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { notifyDone, useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { viewsQuery } from './views.ts'

type Props = {
  /** The one that gets another name; null for a new one. */
  view: CustomerView | null
  definition: ViewDefinition
  onClose: () => void
  onSaved: (view: CustomerView) => void
}

/** Asks what a view is called and who sees it. */
export function SaveView({ view, definition, onClose, onSaved }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const mayShare = useMay('customers.write')
  const [name, setName] = useState(view?.name ?? '')
  const [shared, share] = useState(view?.shared ?? false)
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), shared, definition }
      return view === null
        ? call(createCustomerView, { body })
        : call(changeCustomerView, { params: { id: view.id }, body: { ...body, revision: view.revision } })
    },
    onSuccess: async (saved) => {
      await queries.invalidateQueries({ queryKey: viewsQuery.queryKey })
      notifyDone(text('views.kept', { name: saved.name }))
      onSaved(saved)
    },
    onError: notifyProblem,
  })
  const isComplete = name.trim() !== ''
  return (
    <Modal opened onClose={onClose} title={text(view === null ? 'views.saveTitle' : 'views.renameTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isComplete) save.mutate()
        }}
      >
        <Stack>
          <TextInput
            label={text('views.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            required
            data-autofocus
          />
          {mayShare && (
            <Checkbox
              label={text('views.share')}
              description={text('views.shareHint')}
              checked={shared}
              onChange={(event) => share(event.currentTarget.checked)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text('action.cancel')}
            </Button>
            <Button type="submit" disabled={!isComplete} loading={save.isPending}>
              {text('action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
