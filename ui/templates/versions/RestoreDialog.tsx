import { Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Template } from '../../../api/contract/templates.ts'
import { restoreTemplateVersion } from '../../../api/contract/templateVersions.ts'
import { call } from '../../client/call.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { PublishForm } from '../../shared/versions/PublishForm.tsx'
import { ContentChanges } from './ContentChanges.tsx'

type Props = { template: Template; version: number; onClose: () => void }

/** Asks before an earlier version is published anew, and says what that changes. */
export function RestoreDialog({ template, version, onClose }: Props) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const restore = useMutation({
    mutationFn: (note: string) =>
      call(restoreTemplateVersion, {
        params: { id: template.id, version },
        body: { base_version: template.version, note },
      }),
    onSuccess: (published) => {
      void queries.invalidateQueries({ queryKey: ['template', template.id] })
      void queries.invalidateQueries({ queryKey: ['templates'] })
      notifyDone(text('template.publish.done', { version: published.version }))
      onClose()
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: ['template', template.id] })
      notifyProblem(error)
    },
  })
  const next = template.version + 1
  return (
    <Modal opened onClose={onClose} title={text('version.restoreTitle', { version })} size="lg">
      <PublishForm version={next} publishing={restore.isPending} onPublish={restore.mutate} onClose={onClose}>
        <Text>{text('template.versions.restoreText', { version, next })}</Text>
        <ContentChanges id={template.id} from={String(template.version)} to={String(version)} />
      </PublishForm>
    </Modal>
  )
}
