import { Text } from '@mantine/core'
import { FormattedMessage } from 'react-intl'
import type { ConsentEvent } from '../../api/contract/consents.ts'
import { Instant } from '../shared/Instant.tsx'
import { useText } from '../shared/useText.tsx'
import classes from './MayWeWrite.module.css'
import { useSource } from './useSource.ts'

/** Everything that was ever said about being written to, newest first, with the words. */
export function ConsentHistory({ events }: { events: readonly ConsentEvent[] }) {
  const text = useText()
  const sourceOf = useSource()
  return (
    <ol className={classes.events} aria-label={text('consent.historyLabel')}>
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the top, and the list is read anew then
        <li key={`${events.length - index}`} className={classes.event}>
          <FormattedMessage
            id={
              event.given === null ? 'consent.lineUnknown' : event.given ? 'consent.lineGiven' : 'consent.lineWithdrawn'
            }
            values={{
              at: <Instant at={event.at} time />,
              channel: text(`channel.${event.channel}`),
              source: sourceOf(event.source),
            }}
          />
          {event.recorded_by !== null && (
            <Text span fz="xs" c="dimmed">
              {' '}
              {text('consent.enteredBy', { who: event.recorded_by })}
            </Text>
          )}
          {event.wording !== null && <p className={classes.wording}>“{event.wording}”</p>}
        </li>
      ))}
    </ol>
  )
}
