import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import type { Segment } from '../../api/contract/segments.ts'
import type { Rule } from '../../rules/rule.ts'
import { comparisonQuery, versionsQuery } from '../client/versions.ts'
import { Changes } from '../segment/versions/Changes.tsx'
import { Moves } from '../segment/versions/Moves.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'

/** The longest note that the API takes. */
const LONGEST_NOTE = 1_000

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
  const [note, setNote] = useState('')
  const published = segment.rule as Rule
  const { data } = useQuery(comparisonQuery(segment, published, rule))
  const askedBy = data?.asked_by ?? []
  return (
    <Stack>
      {base < segment.version && <PublishedSince segment={segment} base={base} />}
      <Changes before={published} after={rule} />
      <Moves segment={segment} before={published} after={rule} />
      {askedBy.length > 0 && (
        <Text fz="sm">
          {text('publish.askedBy', { count: askedBy.length, names: askedBy.map(({ name }) => name).join(', ') })}
        </Text>
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
        {text('publish.cause')}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button onClick={() => onPublish(note.trim())} loading={publishing} data-autofocus>
          {text('publish.do', { version: segment.version + 1 })}
        </Button>
      </Group>
    </Stack>
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
