import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Automation } from '../../../rules/automations/automation.ts'
import { stepsOf } from '../../../rules/automations/steps.ts'
import { sendableTemplatesQuery } from '../../client/automations.ts'
import { providersQuery } from '../../client/providers.ts'
import { segmentsQuery } from '../../client/segments.ts'
import { useSegmentWords } from '../../shared/useSegmentWords.ts'
import { useText } from '../../shared/useText.tsx'
import { stepName } from '../editing/commandLabel.ts'
import type { Choice } from './PickField.tsx'

/** The segments that an automation can name: those of its scope first. */
export function useSegmentChoices(): Choice[] {
  const { nameOf } = useSegmentWords()
  const segments = useQuery(segmentsQuery).data?.items
  return (segments ?? []).map((segment) => ({ value: segment.id, label: nameOf(segment) }))
}

/** The published templates of a channel. */
export function useTemplateChoices(channel: string): Choice[] {
  const templates = useQuery(sendableTemplatesQuery).data?.items
  return useMemo(
    () =>
      (templates ?? [])
        .filter((template) => template.channel === channel)
        .map(({ id, name }) => ({ value: id, label: name })),
    [templates, channel],
  )
}

export function useProviderChoices(): Choice[] {
  const providers = useQuery(providersQuery).data?.items
  return (providers ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

/** The steps of an automation that send, and the others that can be gone to, by what they do and which one it is. */
export function useStepChoices(automation: Automation): { sends: Choice[]; targets: Choice[] } {
  const text = useText()
  const steps = stepsOf(automation).map(({ step }, index) => ({
    step,
    choice: { value: step.id, label: `${index + 1}. ${stepName(step, text)}` },
  }))
  return {
    sends: steps.filter(({ step }) => 'send' in step).map(({ choice }) => choice),
    targets: steps.filter(({ step }) => !('go_to' in step || 'end' in step)).map(({ choice }) => choice),
  }
}
