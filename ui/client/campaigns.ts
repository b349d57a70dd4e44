import { queryOptions } from '@tanstack/react-query'
import { listCampaignDrafts } from '../../api/contract/campaignDrafts.ts'
import { type Campaign, getCampaign } from '../../api/contract/campaigns.ts'
import { getOrder } from '../../api/contract/orders.ts'
import { call } from './call.ts'
import { keepingDone } from './versions.ts'

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

/** What was ordered with a campaign, to be copied or changed. */
export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id, 'order'],
    queryFn: ({ signal }) => call(getOrder, { params: { id }, signal }),
    staleTime: 60_000,
  })

/** The messages that the reader is writing, after whatever is being kept of one. */
export const draftsQuery = queryOptions({
  queryKey: ['campaign-drafts'],
  queryFn: async ({ signal }) => {
    await keepingDone()
    return (await call(listCampaignDrafts, { signal })).items
  },
})
