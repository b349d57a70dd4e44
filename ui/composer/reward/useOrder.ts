import { useCallback, useMemo, useState } from 'react'
import type { Recipients } from '../../../api/contract/orders.ts'
import type { AskedReward } from '../../../api/contract/rewards.ts'
import { useToday } from '../../history/useToday.ts'
import type { RecipientChoice } from '../../shared/recipients.ts'
import { useMoney } from '../../shared/useMoney.ts'
import { browserStorage } from '../draft/draftStore.ts'
import { parseRewardDraft, type RewardDraft, type RewardMistake, toReward } from './rewardDraft.ts'

/** Whom a mail goes to and what comes with it, as the API takes both. */
export type Order = Recipients & { kind?: 'loyalty'; reward?: AskedReward }

export type OrderState = {
  order: Order
  entered: RewardDraft
  reward: AskedReward | null
  mistake: RewardMistake | null
  enter: (part: Partial<RewardDraft>) => void
}

/** What is ordered with a mail: for a loyalty mailing its kind and its reward, which is kept as the draft is. */
export function useOrder(draftKey: string, { recipients, loyalty }: RecipientChoice): OrderState {
  const name = `${draftKey}|reward`
  const [storage] = useState(browserStorage)
  const [entered, setEntered] = useState(() => parseRewardDraft(read(storage, name)))
  const { digits } = useMoney()
  const today = useToday()
  const isLoyalty = loyalty !== undefined
  const { reward, mistake } = useMemo(() => toReward(entered, digits, today), [entered, digits, today])
  const order = useMemo<Order>(
    () => (isLoyalty ? { ...recipients, kind: 'loyalty', ...(reward === null ? {} : { reward }) } : recipients),
    [recipients, isLoyalty, reward],
  )
  const enter = useCallback(
    (part: Partial<RewardDraft>) => {
      setEntered((before) => {
        const next = { ...before, ...part }
        try {
          storage?.setItem(name, JSON.stringify(next))
        } catch {
          // a browser that keeps nothing: it is entered again after a reload
        }
        return next
      })
    },
    [storage, name],
  )
  return { order, entered, reward, mistake, enter }
}

function read(storage: Pick<Storage, 'getItem'> | null, name: string): string | null {
  try {
    return storage?.getItem(name) ?? null
  } catch {
    return null
  }
}
