import { queryOptions } from '@tanstack/react-query'
import { listCampaigns } from '../../api/contract/campaigns.ts'
import { checkDomains } from '../../api/contract/checks.ts'
import { getHealth } from '../../api/contract/health.ts'
import { getAttention, getHome } from '../../api/contract/home.ts'
import { call } from './call.ts'
import { isRunning } from './campaigns.ts'

/** What has changed and the last four weeks; of a provider, what is theirs. */
export const homeQuery = queryOptions({
  queryKey: ['home'],
  queryFn: ({ signal }) => call(getHome, { signal }),
  refetchInterval: 60_000,
})

/** What waits for somebody. */
export const attentionQuery = queryOptions({
  queryKey: ['home', 'attention'],
  queryFn: ({ signal }) => call(getAttention, { signal }),
  refetchInterval: 15_000,
})

/** The mailings that are going out now or wait for their time. */
export const sendingQuery = queryOptions({
  queryKey: ['campaigns', 'sending'],
  queryFn: ({ signal }) =>
    call(listCampaigns, { query: { state: ['preparing', 'sending', 'scheduled'], limit: 20 }, signal }),
  refetchInterval: ({ state: { data } }) => (data?.items.some(isRunning) ? 2_000 : 10_000),
})

/** Whether the parts that everything needs can be reached. */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => call(getHealth, { signal }),
  refetchInterval: 5_000,
  retry: 1,
})

/** What DNS has of the domains that mail comes from; looked up again after ten minutes, or when somebody says so. */
export const domainsQuery = queryOptions({
  queryKey: ['settings', 'domains'],
  queryFn: ({ signal }) => call(checkDomains, { signal }),
  staleTime: 600_000,
})
