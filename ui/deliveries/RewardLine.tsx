import { Text } from '@mantine/core'
import { IconGift } from '@tabler/icons-react'
import type { DeliveryReward } from '../../api/contract/rewards.ts'
import { useToday } from '../history/useToday.ts'
import { useRewardWords } from '../shared/useRewardWords.ts'
import { useText } from '../shared/useText.tsx'

/** What a message brings, how long it can be used, and whether it was. */
export function RewardLine({ reward }: { reward: DeliveryReward }) {
  const text = useText()
  const today = useToday()
  const { sizeOf, periodOf } = useRewardWords()
  const state = reward.state === 'active' && reward.valid_to < today ? 'expired' : reward.state
  return (
    <Text fz="sm" mb="xs" data-testid="delivery-reward">
      <IconGift size={15} aria-hidden="true" style={{ verticalAlign: -2, marginRight: 6 }} />
      {sizeOf(reward)}, {periodOf(reward)} · {text(`reward.state.${state}`)}
    </Text>
  )
}
