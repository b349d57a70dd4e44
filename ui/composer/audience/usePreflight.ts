import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { preflightCampaign } from '../../../api/contract/campaigns.ts'
import { call } from '../../client/call.ts'
import type { Order } from '../reward/useOrder.ts'
import { recipientsKey } from './recipientsKey.ts'

/** Who is held out of a choice of recipients: so many of a hundred, by a seed. */
export type HeldOut = { holdout: number; seed: string }

/** Who would get the mail and who is left out, fresh whenever the recipients change or the window is looked at again. */
export function usePreflight(order: Order, { holdout, seed }: HeldOut) {
  return useQuery({
    queryKey: ['preflight', recipientsKey(order), holdout, seed],
    queryFn: ({ signal }) => call(preflightCampaign, { body: { ...order, holdout, seed }, signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
    // another reward or holdout leaves the numbers standing until its own are there
    placeholderData: keepPreviousData,
  })
}
