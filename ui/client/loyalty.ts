import { queryOptions } from '@tanstack/react-query'
import { listCampaigns } from '../../api/contract/campaigns.ts'
import { findLoyaltyCustomers, getLoyalty } from '../../api/contract/loyalty.ts'
import { call } from './call.ts'
import { isRunning } from './campaigns.ts'

/** A provider's segments and the slots of this week. */
export const loyaltyQuery = (provider: string) =>
  queryOptions({
    queryKey: ['loyalty', provider],
    queryFn: ({ signal }) => call(getLoyalty, { query: { provider }, signal }),
    refetchInterval: 10_000,
  })

/** The loyalty mailings of a provider, the latest ones first. */
export const loyaltyMailingsQuery = (provider: string, limit: number) =>
  queryOptions({
    queryKey: ['campaigns', 'loyalty', provider, limit],
    queryFn: ({ signal }) => call(listCampaigns, { query: { kind: 'loyalty', provider, limit }, signal }),
    refetchInterval: ({ state: { data } }) => (data?.items.some(isRunning) ? 2_000 : 10_000),
  })

/** A provider's customers whose user names begin with a text. */
export const usernameQuery = (provider: string, username: string) =>
  queryOptions({
    queryKey: ['loyalty', provider, 'username', username],
    queryFn: ({ signal }) => call(findLoyaltyCustomers, { query: { provider, username, limit: 10 }, signal }),
    enabled: username !== '',
  })

/** Whom a provider does not write to. */
export const unsubscribedQuery = (provider: string) =>
  queryOptions({
    queryKey: ['loyalty', provider, 'unsubscribed'],
    queryFn: ({ signal }) => call(findLoyaltyCustomers, { query: { provider, limit: 500 }, signal }),
  })
