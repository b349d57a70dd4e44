import { Badge } from '@mantine/core'
import type { RewardState } from '../../api/contract/rewards.ts'
import { useText } from '../shared/useText.tsx'

const COLOURS = {
  reserved: 'blue',
  upcoming: 'gray',
  usable: 'green',
  used: 'violet',
  expired: 'orange',
  given_back: 'gray',
} as const

/** Whether a reward can be used, was, or no longer can be. */
export function RewardStateBadge({ state }: { state: RewardState }) {
  const text = useText()
  return (
    <Badge color={COLOURS[state]} miw="max-content">
      {text(`rewards.state.${state}`)}
    </Badge>
  )
}
