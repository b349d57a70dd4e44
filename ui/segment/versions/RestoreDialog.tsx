import { Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Segment } from '../../../api/contract/segments.ts'
import { restoreVersion, type Version } from '../../../api/contract/segmentVersions.ts'
import type { Rule } from '../../../rules/rule.ts'
import { call } from '../../client/call.ts'
import { segmentQuery, segmentsQuery } from '../../client/segments.ts'
import { notifyDone, useNotifyProblem } from '../../shared/notify.ts'
import { useText } from '../../shared/useText.tsx'
import { PublishForm } from '../../shared/versions/PublishForm.tsx'
import { Changes } from './Changes.tsx'
import { Moves } from './Moves.tsx'

type Props = { segment: Segment; version: Version | null; onClose: () => void }

/** Asks before an earlier version is published anew, and says what that does. */
export function RestoreDialog({ segment, version, onClose }: Props) {
  const text = useText()
  const title = text('version.restoreTitle', { version: version?.version ?? 0 })
  return (
    <Modal opened={version !== null} onClose={onClose} title={title} size="lg">
      {version && <Restoring segment={segment} version={version} onClose={onClose} />}
    </Modal>
  )
}

function Restoring({ segment, version, onClose }: Props & { version: Version }) {
  const text = useText()
  const queries = useQueryClient()
  const notifyProblem = useNotifyProblem()
  const restore = useMutation({
    mutationFn: (note: string) =>
      call(restoreVersion, {
        params: { id: segment.id, version: version.version },
        body: { base_version: segment.version, note },
      }),
    onSuccess: (published) => {
      void queries.invalidateQueries({ queryKey: segmentQuery(segment.id).queryKey })
      void queries.invalidateQueries({ queryKey: segmentsQuery.queryKey })
      notifyDone(text('publish.done', { version: published.version }))
      onClose()
    },
    onError: (error) => {
      void queries.invalidateQueries({ queryKey: segmentQuery(segment.id).queryKey })
      notifyProblem(error)
    },
  })
  const [published, earlier] = [segment.rule as Rule, version.rule as Rule]
  const next = segment.version + 1
  return (
    <PublishForm version={next} publishing={restore.isPending} onPublish={restore.mutate} onClose={onClose}>
      <Text>{text('version.restoreText', { version: version.version, next })}</Text>
      <Changes before={published} after={earlier} />
      <Moves segment={segment} before={published} after={earlier} />
    </PublishForm>
  )
}
