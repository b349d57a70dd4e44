import { Alert, Button, Group, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCloudCheck } from '@tabler/icons-react'
import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import classes from './DraftLine.module.css'
import type { DraftState } from './useDraft.ts'

/** Under the text: whether the draft is safe, and the way to throw it away (and have it back). */
export function DraftLine({ draft, readOnly }: { draft: DraftState; readOnly: boolean }) {
  const text = useText()
  const intl = useIntl()
  const failed = draft.keeping !== 'kept'
  return (
    <Group className={classes.line} gap={8} wrap="nowrap">
      <Group gap={6} wrap="nowrap" role="status" flex={1} c={failed ? 'var(--attention)' : 'dimmed'}>
        {failed ? (
          <IconAlertTriangle size={16} aria-hidden="true" style={{ flex: 'none' }} />
        ) : (
          draft.keptAt !== null && <IconCloudCheck size={16} stroke={1.6} aria-hidden="true" style={{ flex: 'none' }} />
        )}
        <Text fz="sm" component="span" className="numbers" data-testid="draft-state">
          {failed && text(draft.keeping === 'full' ? 'composer.draft.full' : 'composer.draft.refused')}
          {!failed &&
            draft.keptAt !== null &&
            text('composer.draft.kept', { time: intl.formatTime(draft.keptAt, { timeStyle: 'short' }) })}
          {!failed &&
            draft.keptAt === null &&
            text(draft.discarded === null ? 'composer.draft.none' : 'composer.draft.discarded')}
        </Text>
      </Group>
      {draft.discarded !== null && (
        <UnstyledButton className={classes.act} onClick={draft.restore}>
          {text('composer.draft.undo')}
        </UnstyledButton>
      )}
      {draft.discarded === null && (draft.keptAt !== null || failed) && !readOnly && (
        <UnstyledButton className={classes.act} onClick={draft.discard}>
          {text('composer.draft.discard')}
        </UnstyledButton>
      )}
    </Group>
  )
}

/** Shown when another window of this browser has written on the same mail. */
export function ForeignDraft({ draft }: { draft: DraftState }) {
  const text = useText()
  const intl = useIntl()
  if (draft.foreign === null) return null
  const time = intl.formatTime(new Date(draft.foreign.keptAt), { timeStyle: 'short' })
  return (
    <Alert color="orange" variant="light" role="alert" title={text('composer.draft.foreign', { time })}>
      <Group gap="xs" mt={4}>
        <Button size="xs" variant="default" onClick={draft.takeForeign}>
          {text('composer.draft.takeForeign')}
        </Button>
        <Button size="xs" variant="default" onClick={draft.keepMine}>
          {text('composer.draft.keepMine')}
        </Button>
      </Group>
    </Alert>
  )
}
