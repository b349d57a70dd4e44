import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addNote, changeNote } from '../../api/contract/notes.ts'
import { call } from '../client/call.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useText } from '../shared/useText.tsx'

type Props = {
  customer: string
  /** The note that gets another text; a new one without. */
  note?: { id: string; text: string }
  onDone?: () => void
}

/** Writes a note on a customer, or changes one. */
export function NoteField({ customer, note, onDone = () => {} }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [typed, setTyped] = useState(note?.text ?? '')
  const save = useMutation({
    mutationFn: async () => {
      const body = { text: typed.trim() }
      if (note === undefined) await call(addNote, { params: { id: customer }, body })
      else await call(changeNote, { params: { id: customer, note: note.id }, body })
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['timeline', customer] })
      setTyped('')
      onDone()
    },
    onError: notifyProblem,
  })
  const isEmpty = typed.trim() === ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!isEmpty) save.mutate()
      }}
    >
      <Stack gap="xs">
        <Textarea
          aria-label={text(note === undefined ? 'notes.new' : 'notes.edit')}
          placeholder={text('notes.placeholder')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={4_000}
          autosize
          minRows={note === undefined ? 1 : 2}
          autoFocus={note !== undefined}
        />
        {(note !== undefined || !isEmpty) && (
          <Group justify="flex-end" gap="xs">
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                setTyped('')
                onDone()
              }}
            >
              {text('action.cancel')}
            </Button>
            <Button type="submit" size="xs" disabled={isEmpty} loading={save.isPending}>
              {text('notes.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
