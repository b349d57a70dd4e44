import { Badge } from '@mantine/core'
import type { Automation } from '../../api/contract/automations.ts'
import { useText } from '../shared/useText.tsx'

const COLOURS = { draft: 'gray', live: 'green', paused: 'orange', stopped: 'red' } as const

/** Whether an automation runs. */
export function StateBadge({ state }: { state: Automation['state'] }) {
  const text = useText()
  return (
    <Badge color={COLOURS[state]} miw="max-content">
      {text(`automation.state.${state}`)}
    </Badge>
  )
}
