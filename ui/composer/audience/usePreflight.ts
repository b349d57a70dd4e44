import { useQuery } from '@tanstack/react-query'
import { preflightCampaign } from '../../../api/contract/campaigns.ts'
import { call } from '../../client/call.ts'
import type { Order } from '../reward/useOrder.ts'
import { recipientsKey } from './recipientsKey.ts'

/** Who would get the mail and who is left out, fresh whenever the recipients change or the window is looked at again. */
export function usePreflight(order: Order) {
  return useQuery({
    queryKey: ['preflight', recipientsKey(order)],
    queryFn: ({ signal }) => call(preflightCampaign, { body: order, signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
    // another reward leaves the numbers standing until its own are there
    placeholderData: (before) => before,
  })
}
