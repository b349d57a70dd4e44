import { useCallback } from 'react'
import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import type { Automation } from '../../../rules/automations/automation.ts'
import { exitSentence } from '../../../rules/automations/words.ts'
import type { WordOptions } from '../../../rules/words.ts'
import { useText } from '../../shared/useText.tsx'

type End = Pick<AutomationSteps['ends'][number], 'state' | 'reason'>

/** Why somebody is out, in words: by which exit, by hand, or because of what happened to the automation. */
export function useReasonWords(automation: Automation, words: WordOptions): (end: End) => string {
  const text = useText()
  return useCallback(
    ({ state, reason }) => {
      if (state !== 'exited') return text(`automation.end.${state}`)
      if (reason === 'by_hand' || reason === 'new_version' || reason === 'merged')
        return text(`automation.left.${reason}`)
      const exit = automation.unless?.find(({ id }) => id === reason)
      return exit === undefined ? text('automation.left.unknown', { reason }) : exitSentence(exit, automation, words)
    },
    [automation, words, text],
  )
}
