import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Enrolment, EnrolmentStep } from '../../../api/contract/enrolments.ts'
import { placedStep } from '../../../rules/automations/edits/sequences.ts'
import { stepSentence } from '../../../rules/automations/words.ts'
import { textOf } from '../../../rules/words.ts'
import { automationVersionQuery } from '../../client/automations.ts'
import { Instant } from '../../shared/Instant.tsx'
import { useReadableSubject } from '../../shared/useReadableSubject.ts'
import { useText } from '../../shared/useText.tsx'
import { isAutomation } from '../keeping/isAutomation.ts'
import classes from '../panel/Walked.module.css'
import { useAutomationWords } from '../useAutomationWords.ts'

/** What came of a step where somebody left before its end, or went on in another version: no fault, whatever is noted. */
const NO_FAULT: readonly (string | null)[] = ['goal', 'exited', 'stopped', 'finished', 'held_out', 'moved']

const isFault = ({ error, outcome }: EnrolmentStep): boolean => error !== null && !NO_FAULT.includes(outcome)

type Props = { way: Enrolment & { steps: readonly EnrolmentStep[] } }

/** Every step of somebody's way through an automation, in the words of the version that they are on. */
export function WaySteps({ way }: Props) {
  const text = useText()
  const words = useAutomationWords()
  const readable = useReadableSubject()
  const definition = useQuery(automationVersionQuery(way.automation.id, way.version)).data?.definition
  const nameOf = (id: string): string => {
    const step = isAutomation(definition) ? placedStep(definition, id)?.step : undefined
    return step && isAutomation(definition) ? readable(textOf(stepSentence(step, definition, words))) : id
  }
  return (
    <ol className={classes.events}>
      <li>
        <Text span fz="xs" c="dimmed" className="numbers">
          <Instant at={way.entered_at} time />
        </Text>{' '}
        <Text span fz="sm">
          {text('automation.walked.entered')}
        </Text>
      </li>
      {way.steps.map((step) => (
        <li key={`${step.step} ${step.entered_at}`}>
          <Text span fz="xs" c="dimmed" className="numbers">
            <Instant at={step.entered_at} time />
          </Text>{' '}
          <Text span fz="sm" {...(isFault(step) ? { c: 'var(--mantine-color-error)' } : {})}>
            {nameOf(step.step)}
            {isFault(step) && `: ${step.error}`}
          </Text>
        </li>
      ))}
      <li>
        <Text span fz="sm" fw={600}>
          {text(`automation.state.way.${way.state}`)}
        </Text>
        {way.ended_at !== null && (
          <Text span fz="xs" c="dimmed" className="numbers">
            {' '}
            <Instant at={way.ended_at} time />
          </Text>
        )}
        {way.due_at !== null && way.state === 'active' && (
          <Text span fz="xs" c="dimmed" className="numbers">
            {' · '}
            {text('automation.until')} <Instant at={way.due_at} time />
          </Text>
        )}
      </li>
    </ol>
  )
}
