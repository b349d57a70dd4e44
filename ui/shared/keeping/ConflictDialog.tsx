import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormattedMessage } from 'react-intl'
import { Instant } from '../Instant.tsx'
import { richTags, useText } from '../useText.tsx'
import type { Keeping, KeptBy } from './keeper.ts'

type Props = {
  draft: {
    keeping: Keeping<KeptBy>
    takeTheirs: () => void
    keepMine: () => void
  }
  opened: boolean
  onClose: () => void
  /** How theirs differs from what is on the page; nothing where theirs is gone. */
  difference?: ReactNode
  /** A remark under it. */
  hint?: ReactNode
}

/** Somebody else has kept another draft: whose, since when, how it differs, and which of the two it is to be. */
export function ConflictDialog({ draft, opened, onClose, difference, hint }: Props) {
  const text = useText()
  const { keeping } = draft
  if (keeping.kind !== 'conflict') return null
  const { theirs } = keeping
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
        {theirs !== null && difference && (
          <div>
            <Text fz="sm" c="dimmed" mb={4}>
              {text('draft.difference')}
            </Text>
            {difference}
          </div>
        )}
        {hint && (
          <Text fz="sm" c="dimmed">
            {hint}
          </Text>
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
