import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useText } from '../useText.tsx'

/** The longest note that the API takes. */
const LONGEST_NOTE = 1_000

type Props = {
  /** The number that the new version gets. */
  version: number
  publishing: boolean
  onPublish: (note: string) => void
  onClose: () => void
  /** What publishing does, said before it is done. */
  children: ReactNode
  /** A remark under the note. */
  hint?: string
}

/** The last step before a version is published: what it does, why in a note, and yes or no. */
export function PublishForm({ version, publishing, onPublish, onClose, children, hint }: Props) {
  const text = useText()
  const [note, setNote] = useState('')
  return (
    <Stack>
      {children}
      <Textarea
        label={text('publish.note')}
        placeholder={text('publish.noteExample')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={LONGEST_NOTE}
        autosize
        maxRows={5}
      />
      {hint !== undefined && (
        <Text fz="sm" c="dimmed">
          {hint}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button onClick={() => onPublish(note.trim())} loading={publishing} data-autofocus>
          {text('publish.do', { version })}
        </Button>
      </Group>
    </Stack>
  )
}
