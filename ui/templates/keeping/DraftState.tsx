import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import { useSession } from '../../client/session.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useProblemText } from '../../shared/useProblemText.ts'
import { richTags, useText } from '../../shared/useText.tsx'
import type { KeptDraft } from './useKeeping.ts'

type Props = {
  draft: KeptDraft
  changed: boolean
  /** Whether there is a published version to go back to. */
  canThrowAway: boolean
}

/** Whether the draft is safe, the way to throw it away, and the choice when somebody else has kept another one. */
export function DraftState({ draft, changed, canThrowAway }: Props) {
  const text = useText()
  const problemText = useProblemText()
  const { user } = useSession()
  const { keeping } = draft
  const [asking, ask] = useState(true)
  const isOwn = keeping.kind === 'kept' && keeping.by === user.email
  return (
    <Group gap={8} wrap="nowrap" role="status" style={{ minWidth: 0 }}>
      {keeping.kind === 'conflict' && (
        <Button size="compact-sm" color="orange" variant="light" onClick={() => ask(true)}>
          {text('draft.conflict')}
        </Button>
      )}
      {keeping.kind === 'failed' && (
        <Text span fz="sm" c="var(--mantine-color-error)" title={problemText(keeping.error)} truncate>
          {text('draft.failed')}
        </Text>
      )}
      {(keeping.kind === 'kept' || keeping.kind === 'keeping') && (
        <Text span fz="sm" c="dimmed" truncate>
          {keeping.kind === 'keeping' ? (
            text('draft.keeping')
          ) : (
            <FormattedMessage
              id={isOwn ? 'draft.kept' : 'draft.keptBy'}
              values={{ at: <Instant at={keeping.at} time />, who: keeping.by }}
            />
          )}
        </Text>
      )}
      {changed && canThrowAway && keeping.kind === 'kept' && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={draft.throwAway} flex="none">
          {text('draft.throwAway')}
        </Button>
      )}
      <Conflict draft={draft} opened={asking && keeping.kind === 'conflict'} onClose={() => ask(false)} />
    </Group>
  )
}

function Conflict({ draft, opened, onClose }: { draft: KeptDraft; opened: boolean; onClose: () => void }) {
  const text = useText()
  const { keeping } = draft
  const theirs = keeping.kind === 'conflict' ? keeping.theirs : null
  const decide = (act: () => void) => () => {
    act()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={text('draft.conflict')}>
      <Stack>
        <Text>
          {theirs === null ? (
            text('draft.gone')
          ) : (
            <FormattedMessage
              id="draft.theirs"
              values={{ ...richTags, who: theirs.updated_by, at: <Instant at={theirs.updated_at} time /> }}
            />
          )}
        </Text>
        <Text fz="sm" c="dimmed">
          {text('template.draft.undoable')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={decide(draft.takeTheirs)}>
            {text(theirs === null ? 'draft.takePublished' : 'draft.takeTheirs')}
          </Button>
          <Button onClick={decide(draft.keepMine)} data-autofocus>
            {text('draft.keepMine')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
