import { ActionIcon, Menu } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconDots } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { removeNote } from '../../api/contract/notes.ts'
import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { call } from '../client/call.ts'
import { useMay } from '../client/useMay.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'
import { NoteField } from './NoteField.tsx'
import classes from './Timeline.module.css'

type Props = { customer: string; entry: TimelineEntry & { kind: 'note' } }

/** A note in the timeline, with its writer; it is edited in its place. */
export function NoteEntry({ customer, entry: { note, text: said, by, edited_by: editedBy, provider } }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const mayWrite = useMay('notes.write')
  const [isEdited, edit] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(removeNote, { params: { id: customer, note } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['timeline', customer] }),
    onError: notifyProblem,
  })
  const askToRemove = () =>
    modals.openConfirmModal({
      title: text('notes.removeTitle'),
      children: text('notes.removeText'),
      labels: { confirm: text('notes.remove'), cancel: text('action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  if (isEdited) return <NoteField customer={customer} note={{ id: note, text: said }} onDone={() => edit(false)} />
  return (
    <div className={classes.note}>
      <div>
        <span className={classes.said}>{said}</span>
        <span className={classes.aside}>
          {[
            provider === null ? '' : provider,
            text('timeline.by', { who: by }),
            editedBy === null ? '' : text('notes.editedBy', { who: editedBy }),
          ]
            .filter((words) => words !== '')
            .join(' · ')}
        </span>
      </div>
      {mayWrite && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon aria-label={text('notes.acts')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => edit(true)}>{text('notes.edit')}</Menu.Item>
            <Menu.Item color="red" onClick={askToRemove}>
              {text('notes.remove')}…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
