import { useQuery } from '@tanstack/react-query'
import { preflightCampaign, type Recipients } from '../../../api/contract/campaigns.ts'
import { call } from '../../client/call.ts'
import { recipientsKey } from './recipientsKey.ts'

/** Who would get the mail and who is left out, fresh whenever the recipients change or the window is looked at again. */
export function usePreflight(recipients: Recipients) {
  return useQuery({
    queryKey: ['preflight', recipientsKey(recipients)],
    queryFn: ({ signal }) => call(preflightCampaign, { body: recipients, signal }),
    staleTime: 0,
    refetchOnWindowFocus: true,
  })
}
