import { useCallback } from 'react'
import type { AutomationSteps } from '../../../api/contract/enrolments.ts'
import { useText } from '../../shared/useText.tsx'

/** What became of those who are out, in words, by how their way ended. */
export function useEndWords(): (end: Pick<AutomationSteps['ends'][number], 'state'>) => string {
  const text = useText()
  return useCallback(({ state }) => text(`automation.end.${state}`), [text])
}
