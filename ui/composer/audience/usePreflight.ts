import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { preflightCampaign } from '../../../api/contract/orders.ts'
import { call } from '../../client/call.ts'
import type { Order } from '../reward/useOrder.ts'
import { recipientsKey } from './recipientsKey.ts'

/** What of a mail's options changes the numbers: who is held out (so many of a hundred, by a seed), and when it goes. */
export type Counted = {
  holdout: number
  seed: string
  /** Null: at once. */
  sendAt: Date | null
}

/** Who would get the mail, who is left out or would get it later, fresh whenever the recipients change or the window is looked at again. */
export function usePreflight(order: Order, { holdout, seed, sendAt }: Counted) {
  const at = sendAt?.toISOString()
  return useQuery({
    queryKey: ['preflight', recipientsKey(order), holdout, seed, at],
    queryFn: ({ signal }) => call(preflightCampaign, { body: { ...order, holdout, seed, send_at: at }, signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
    // another reward or holdout leaves the numbers standing until its own are there
    placeholderData: keepPreviousData,
  })
}
