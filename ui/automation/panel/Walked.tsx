import { Text } from '@mantine/core'
import type { Walked as Event } from '../../../api/contract/automationPlay.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useText } from '../../shared/useText.tsx'
import classes from './Walked.module.css'
import { walkedWords } from './walkedWords.ts'

type Props = { events: readonly Event[]; automation: Automation; words: WordOptions }

/** What happens to somebody on their way, in the order of time. */
export function Walked({ events, automation, words }: Props) {
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
            {text(`automation.walked.${event.what}`, { what: walkedWords(event, automation, words) })}
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
