import { useQuery } from '@tanstack/react-query'
import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { placedStep } from '../../rules/automations/edits/sequences.ts'
import { stepSentence } from '../../rules/automations/words.ts'
import { textOf } from '../../rules/words.ts'
import { isAutomation } from '../automation/keeping/isAutomation.ts'
import { useAutomationWords } from '../automation/useAutomationWords.ts'
import { automationVersionQuery } from '../client/automations.ts'
import { useReadableSubject } from '../shared/useReadableSubject.ts'
import { useText } from '../shared/useText.tsx'
import { Told } from './Told.tsx'

/** A step of an automation that is behind the customer, in the words of the version that they were on. */
export function StepEntry({ entry }: { entry: TimelineEntry & { kind: 'step' } }) {
  const text = useText()
  const words = useAutomationWords()
  const readable = useReadableSubject()
  const definition = useQuery(automationVersionQuery(entry.automation, entry.version)).data?.definition
  const step = isAutomation(definition) ? placedStep(definition, entry.step)?.step : undefined
  const said = step && isAutomation(definition) ? readable(textOf(stepSentence(step, definition, words))) : entry.step
  const whom = entry.provider === null ? [] : [text('timeline.with', { provider: entry.provider })]
  return <Told said={said} aside={[text('timeline.stepOf', { name: entry.name }), ...whom]} />
}
