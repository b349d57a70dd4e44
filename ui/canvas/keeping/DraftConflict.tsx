import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import type { Rule } from '../../../rules/rule.ts'
import { Changes } from '../../segment/versions/Changes.tsx'
import { Instant } from '../../shared/Instant.tsx'
import { richTags, useText } from '../../shared/useText.tsx'
import { isDrawable } from './drawable.ts'
import type { KeptDraft } from './useKeeping.ts'

type Props = { draft: KeptDraft; rule: Rule; opened: boolean; onClose: () => void }

/** Somebody else has kept another draft: whose, since when, how it differs, and which of the two it is to be. */
export function DraftConflict({ draft, rule, opened, onClose }: Props) {
  const text = useText()
  const { keeping } = draft
  if (keeping.kind !== 'conflict') return null
  const { theirs } = keeping
  const other = theirs && isDrawable(theirs.rule) ? theirs.rule : null
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
              values={{ ...richTags, who: theirs.updated_by, at: <Instant at={theirs.updated_at} time /> }}
            />
          )}
        </Text>
        {other && (
          <div>
            <Text fz="sm" c="dimmed" mb={4}>
              {text('draft.difference')}
            </Text>
            <Changes before={rule} after={other} />
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
