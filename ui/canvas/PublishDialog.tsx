import { Alert, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FormattedMessage } from 'react-intl'
import type { Segment } from '../../api/contract/segments.ts'
import type { Rule } from '../../rules/rule.ts'
import { comparisonQuery, versionsQuery } from '../client/versions.ts'
import { Changes } from '../segment/versions/Changes.tsx'
import { Moves } from '../segment/versions/Moves.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import { PublishForm } from '../shared/versions/PublishForm.tsx'

type Props = {
  opened: boolean
  segment: Segment
  rule: Rule
  /** The version that the rule was made from. */
  base: number
  publishing: boolean
  onPublish: (note: string) => void
  onClose: () => void
}

/** Says what publishing does before it does it: what changes, who enters and leaves, and who else is concerned. */
export function PublishDialog({ opened, onClose, ...rest }: Props) {
  const text = useText()
  const { name } = rest.segment
  return (
    <Modal opened={opened} onClose={onClose} title={text('publish.title', { name })} size="lg">
      {opened && <Publishing {...rest} onClose={onClose} />}
    </Modal>
  )
}

function Publishing({ segment, rule, base, publishing, onPublish, onClose }: Omit<Props, 'opened'>) {
  const text = useText()
  const published = segment.rule as Rule
  const { data } = useQuery(comparisonQuery(segment, published, rule))
  const askedBy = data?.asked_by ?? []
  return (
    <PublishForm
      version={segment.version + 1}
      publishing={publishing}
      onPublish={onPublish}
      onClose={onClose}
      hint={text('publish.cause')}
    >
      {base < segment.version && <PublishedSince segment={segment} base={base} />}
      <Changes before={published} after={rule} />
      <Moves segment={segment} before={published} after={rule} />
      {askedBy.length > 0 && (
        <Text fz="sm">
          {text('publish.askedBy', { count: askedBy.length, names: askedBy.map(({ name }) => name).join(', ') })}
        </Text>
      )}
    </PublishForm>
  )
}

/** Another version was published since this rule was begun: whose, when, and what becomes of it. */
function PublishedSince({ segment, base }: { segment: Segment; base: number }) {
  const { data } = useQuery(versionsQuery(segment.id))
  const newest = data?.items[0]
  return (
    <Alert color="orange" role="alert">
      <FormattedMessage
        id={newest?.created_by ? 'publish.sinceBy' : 'publish.since'}
        values={{
          version: segment.version,
          base,
          who: newest?.created_by,
          at: newest ? <Instant at={newest.created_at} time /> : null,
        }}
      />
    </Alert>
  )
}
