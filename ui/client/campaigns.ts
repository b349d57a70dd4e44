import { queryOptions } from '@tanstack/react-query'
import { type Campaign, getCampaign } from '../../api/contract/campaigns.ts'
import { call } from './call.ts'

/** Whether a campaign still moves by itself, so that its numbers are worth asking for again soon. */
export const isRunning = ({ state }: Pick<Campaign, 'state'>): boolean =>
  state === 'preparing' || state === 'sending' || state === 'scheduled'

/** How many messages are still to be handed over. What bounced is among the failed, not among the sent. */
export const waitingOf = ({
  total,
  sent,
  failed,
  unconfirmed,
  cancelled,
}: Pick<Campaign, 'total' | 'sent' | 'failed' | 'unconfirmed' | 'cancelled'>): number =>
  Math.max(0, total - sent - failed - unconfirmed - cancelled)

/** A campaign with its progress: asked every second while it runs, and now and then after, for openings and clicks. */
export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => call(getCampaign, { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? 1_000 : 4_000),
  })
