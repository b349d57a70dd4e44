import { Progress as Bar, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FormattedMessage } from 'react-intl'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { waitingOf } from '../client/campaigns.ts'
import { Ago } from '../shared/Ago.tsx'
import { Instant } from '../shared/Instant.tsx'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import classes from './Mailing.module.css'

/** How far the mailing is, to whom it goes and when it began and ended. */
export function Progress({ mailing }: { mailing: Campaign }) {
  const text = useText()
  const subjectOf = useReadableSubject()
  const { sent, total, state } = mailing
  const share = total === 0 ? 0 : (1 - (waitingOf(mailing) + mailing.cancelled) / total) * 100
  const words =
    state === 'preparing'
      ? text('mailing.preparing')
      : state === 'scheduled' && mailing.send_at !== null
        ? null
        : text('mailing.progress', { sent, total })
  return (
    <Paper className={classes.sheet}>
      <div className={classes.head}>
        <span className={classes.large} role="status">
          {words ??
            (mailing.send_at && (
              <FormattedMessage id="mailing.scheduled" values={{ at: <Instant at={mailing.send_at} time /> }} />
            ))}
        </span>
        <Text span c="dimmed" fz="sm">
          {text('mailing.toSegment', { segment: mailing.segment?.name ?? text('mailings.picked') })}
          {mailing.started_at !== null && (
            <>
              {' · '}
              <FormattedMessage id="mailing.started" values={{ at: <Ago at={mailing.started_at} /> }} />
            </>
          )}
          {mailing.finished_at !== null && (
            <>
              {' · '}
              <FormattedMessage id="mailing.finished" values={{ at: <Ago at={mailing.finished_at} /> }} />
            </>
          )}
        </Text>
      </div>
      <Bar
        value={share}
        size="md"
        aria-label={text('mailing.progressLabel')}
        animated={state === 'sending'}
        color={state === 'paused' ? 'orange' : state === 'cancelled' || state === 'failed' ? 'gray.6' : 'green'}
      />
      {mailing.template !== null && (
        <Text mt="sm" fz="sm" c="dimmed" data-testid="template">
          <FormattedMessage
            id="mailing.template"
            values={{
              name: (
                <Link to="/templates/$id" params={{ id: mailing.template.id }} className={classes.open}>
                  {mailing.template.name}
                </Link>
              ),
              version: mailing.template.version,
            }}
          />
        </Text>
      )}
      {mailing.name !== '' && mailing.name !== mailing.subject && (
        <Text mt="sm" fz="sm" c="dimmed">
          {text('mailing.subject', { subject: subjectOf(mailing.subject) })}
        </Text>
      )}
    </Paper>
  )
}
