import { Alert, Button, Group, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCloudCheck, IconDeviceFloppy } from '@tabler/icons-react'
import { useIntl } from 'react-intl'
import { useText } from '../../shared/useText.tsx'
import classes from './DraftLine.module.css'
import type { DraftState } from './useDraft.ts'

/** Under the text: whether the draft is safe, and the way to throw it away (and have it back). */
export function DraftLine({ draft, readOnly }: { draft: DraftState; readOnly: boolean }) {
  const text = useText()
  const intl = useIntl()
  const { keptAt, local, onServer, failed, discarded } = draft
  const lost = local !== 'kept' && !onServer
  const Icon = onServer ? IconCloudCheck : IconDeviceFloppy
  const time = keptAt === null ? '' : intl.formatTime(keptAt, { timeStyle: 'short' })
  return (
    <Group className={classes.line} gap={8} wrap="nowrap">
      <Group gap={6} wrap="nowrap" role="status" flex={1} c={lost ? 'var(--attention)' : 'dimmed'}>
        {lost ? (
          <IconAlertTriangle size={16} aria-hidden="true" style={{ flex: 'none' }} />
        ) : (
          keptAt !== null && <Icon size={16} stroke={1.6} aria-hidden="true" style={{ flex: 'none' }} />
        )}
        <Text
          fz="sm"
          component="span"
          className="numbers"
          data-testid="draft-state"
          data-server={onServer || undefined}
        >
          {lost
            ? text(local === 'full' ? 'composer.draft.full' : 'composer.draft.refused')
            : keptAt !== null
              ? text(failed && !onServer ? 'draft.here' : 'composer.draft.kept', { time })
              : text(discarded === null ? 'composer.draft.none' : 'composer.draft.discarded')}
        </Text>
      </Group>
      {discarded !== null && (
        <UnstyledButton className={classes.act} onClick={draft.restore}>
          {text('composer.draft.undo')}
        </UnstyledButton>
      )}
      {discarded === null && (keptAt !== null || lost) && !readOnly && (
        <UnstyledButton className={classes.act} onClick={draft.discard}>
          {text('composer.draft.discard')}
        </UnstyledButton>
      )}
    </Group>
  )
}

/** Shown when another window, or another browser, has written on the same message. */
export function ForeignDraft({ draft }: { draft: DraftState }) {
  const text = useText()
  const intl = useIntl()
  const { foreign } = draft
  if (foreign === undefined) return null
  const title =
    foreign === null
      ? text('draft.sentElsewhere')
      : text('composer.draft.foreign', {
          time: intl.formatDate(new Date(foreign.at), { dateStyle: 'medium', timeStyle: 'short' }),
        })
  return (
    <Alert color="orange" variant="light" role="alert" title={title}>
      <Group gap="xs" mt={4}>
        <Button size="xs" variant="default" onClick={draft.takeForeign}>
          {text(foreign === null ? 'composer.draft.discard' : 'composer.draft.takeForeign')}
        </Button>
        <Button size="xs" variant="default" onClick={draft.keepMine}>
          {text('composer.draft.keepMine')}
        </Button>
      </Group>
    </Alert>
  )
}
