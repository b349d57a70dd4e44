import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { publishTemplate, type Template } from '../../../api/contract/templates.ts'
import { call } from '../../client/call.ts'
import { templateQuery } from '../../client/templates.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { ContentChanges } from '../versions/ContentChanges.tsx'

/** The longest note that the API takes. */
const LONGEST_NOTE = 1_000

type Props = {
  template: Template
  /** The draft that is to be published, as it was kept last. */
  revision: number
  onPublished: (template: Template) => void
  onClose: () => void
}

/** Says what publishing changes before it does it. */
export function PublishDialog({ template, revision, onPublished, onClose }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const [note, setNote] = useState('')
  const publish = useMutation({
    mutationFn: () => call(publishTemplate, { params: { id: template.id }, body: { revision, note: note.trim() } }),
    onSuccess: (published) => {
      queries.setQueryData(templateQuery(template.id).queryKey, published)
      void queries.invalidateQueries({ queryKey: ['templates'] })
      void queries.invalidateQueries({ queryKey: ['template', template.id, 'versions'] })
      notifyDone(text('template.publish.done', { version: published.version }))
      onPublished(published)
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: templateQuery(template.id).queryKey })
      notifyProblem(error)
    },
  })
  return (
    <Modal opened onClose={onClose} title={text('template.publish.title', { name: template.name })} size="lg">
      <Stack>
        {template.version > 0 ? (
          <ContentChanges id={template.id} from={String(template.version)} to="draft" stamp={String(revision)} />
        ) : (
          <Text>{text('template.publish.first')}</Text>
        )}
        <Textarea
          label={text('publish.note')}
          placeholder={text('publish.noteExample')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={LONGEST_NOTE}
          autosize
          maxRows={5}
        />
        <Text fz="sm" c="dimmed">
          {text('template.publish.effect')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button onClick={() => publish.mutate()} loading={publish.isPending} data-autofocus>
            {text('publish.do', { version: template.version + 1 })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
