import { useMemo } from 'react'
import type { Recipients } from '../../../api/contract/orders.ts'
import type { AskedReward } from '../../../api/contract/rewards.ts'
import { useToday } from '../../history/useToday.ts'
import type { Channel } from '../../shared/channels.ts'
import type { RecipientChoice } from '../../shared/recipients.ts'
import { useMoney } from '../../shared/useMoney.ts'
import { type RewardDraft, type RewardMistake, toReward } from './rewardDraft.ts'

/** Whom a message goes to, how, and what comes with it, as the API takes them. */
export type Order = Recipients & { channel: Channel; kind?: 'loyalty'; reward?: AskedReward }

export type OrderState = {
  order: Order
  entered: RewardDraft
  reward: AskedReward | null
  mistake: RewardMistake | null
  enter: (part: Partial<RewardDraft>) => void
}

/** What is ordered with a message: for a loyalty mailing its kind and its reward. */
export function useOrder(
  { recipients, loyalty }: RecipientChoice,
  channel: Channel,
  entered: RewardDraft,
  onEnter: (entered: RewardDraft) => void,
): OrderState {
  const { digits } = useMoney()
  const today = useToday()
  const isLoyalty = loyalty !== undefined
  const { reward, mistake } = useMemo(() => toReward(entered, digits, today), [entered, digits, today])
  const order = useMemo<Order>(
    () => ({
      ...recipients,
      channel,
      ...(isLoyalty ? { kind: 'loyalty' as const, ...(reward === null ? {} : { reward }) } : {}),
    }),
    [recipients, channel, isLoyalty, reward],
  )
  return { order, entered, reward, mistake, enter: (part) => onEnter({ ...entered, ...part }) }
}
