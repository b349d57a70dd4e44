import { Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Template } from '../../../api/contract/templates.ts'
import { publishTemplate } from '../../../api/contract/templateVersions.ts'
import { call } from '../../client/call.ts'
import { templateQuery } from '../../client/templates.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { PublishForm } from '../../shared/versions/PublishForm.tsx'
import { ContentChanges } from '../versions/ContentChanges.tsx'

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
  const publish = useMutation({
    mutationFn: (note: string) => call(publishTemplate, { params: { id: template.id }, body: { revision, note } }),
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
      <PublishForm
        version={template.version + 1}
        publishing={publish.isPending}
        onPublish={publish.mutate}
        onClose={onClose}
        hint={text('template.publish.effect')}
      >
        {template.version > 0 ? (
          <ContentChanges id={template.id} from={String(template.version)} to="draft" stamp={String(revision)} />
        ) : (
          <Text>{text('template.publish.first')}</Text>
        )}
      </PublishForm>
    </Modal>
  )
}
