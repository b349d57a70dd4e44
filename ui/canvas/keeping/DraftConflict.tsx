import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormattedMessage } from 'react-intl'
import { Instant } from '../../shared/Instant.tsx'
import { richTags, useText } from '../../shared/useText.tsx'
import type { KeptDraft } from './useKeeping.ts'

type Props = {
  draft: KeptDraft
  /** How what somebody else has kept differs from what is here, in words; null where it can't be drawn. */
  difference: (theirs: unknown) => ReactNode
  opened: boolean
  onClose: () => void
}

/** Somebody else has kept another draft: whose, since when, how it differs, and which of the two it is to be. */
export function DraftConflict({ draft, difference, opened, onClose }: Props) {
  const text = useText()
  const { keeping } = draft
  if (keeping.kind !== 'conflict') return null
  const { theirs } = keeping
  const differs = theirs && difference(theirs.tree)
  const decide = (act: () => void) => () => {
    act()
    onClose()
  }
  return (
    <Modal opened={opened} onClose={onClose} title={text('draft.conflict')} size="lg">
      <Stack>
        <Text>
          {theirs === null ? (
            text('draft.gone')
          ) : (
            <FormattedMessage
              id="draft.theirs"
              values={{ ...richTags, who: theirs.by, at: <Instant at={theirs.at} time /> }}
            />
          )}
        </Text>
        {differs && (
          <div>
            <Text fz="sm" c="dimmed" mb={4}>
              {text('draft.difference')}
            </Text>
            {differs}
          </div>
        )}
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
