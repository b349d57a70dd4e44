import { Button, Group, Textarea, UnstyledButton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { changeSegment, type Segment } from '../../api/contract/segments.ts'
import { call } from '../client/call.ts'
import { segmentQuery, segmentsQuery } from '../client/segments.ts'
import { useNotifyProblem } from '../shared/notify.ts'
import { useSegmentWords } from '../shared/useSegmentWords.ts'
import { useText } from '../shared/useText.tsx'
import classes from './SegmentNote.module.css'

/** The segment's note, edited where it stands: Enter saves, Escape leaves it as it was. */
export function SegmentNote({ segment }: { segment: Segment }) {
  const text = useText()
  const { noteOf } = useSegmentWords()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [draft, setDraft] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (note: string) => call(changeSegment, { params: { id: segment.id }, body: { note } }),
    onSuccess: (changed) => {
      queries.setQueryData(segmentQuery(segment.id).queryKey, changed)
      void queries.invalidateQueries(segmentsQuery)
      setDraft(null)
    },
    onError: notifyProblem,
  })

  /** What ships is shown in the reader's language; saved without a change it stays what ships. */
  const keep = (words: string) => (words === noteOf(segment) ? setDraft(null) : save.mutate(words))

  if (draft === null) {
    return (
      <UnstyledButton
        className={classes.note}
        data-empty={segment.note === '' || undefined}
        onClick={() => setDraft(noteOf(segment))}
      >
        <span className={classes.words}>{noteOf(segment) || text('segment.addNote')}</span>
        <IconPencil size={15} aria-label={text('segment.editNote')} />
      </UnstyledButton>
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setDraft(null)
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      keep(draft.trim())
    }
  }
  return (
    <Group gap="xs" mb="sm" align="flex-start">
      <Textarea
        aria-label={text('segments.note')}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        maxLength={1000}
        autosize
        maxRows={6}
        autoFocus
        w={420}
        maw="100%"
      />
      <Button onClick={() => keep(draft.trim())} loading={save.isPending}>
        {text('action.save')}
      </Button>
      <Button variant="default" onClick={() => setDraft(null)}>
        {text('action.cancel')}
      </Button>
    </Group>
  )
}
