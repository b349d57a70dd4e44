import { Text } from '@mantine/core'
import type { Walked as Event } from '../../../api/contract/automationPlay.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './Walked.module.css'

/** What happens to somebody on their way, in the order of time. */
export function Walked({ events }: { events: readonly Event[] }) {
  const text = useText()
  return (
    <ol className={classes.events}>
      {events.map((event, index) => (
        // the same can happen twice at one instant
        <li key={`${event.at} ${String(index)}`}>
          <Text span fz="xs" c="dimmed" className="numbers">
            <Instant at={event.at} time />
          </Text>{' '}
          <Text span fz="sm">
            {text(`automation.walked.${event.what}`, { what: event.text ?? '' })}
            {event.until !== null && (
              <>
                {' '}
                {text('automation.walked.until')} <Instant at={event.until} time />
              </>
            )}
          </Text>
        </li>
      ))}
    </ol>
  )
}
