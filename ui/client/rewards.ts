import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getLedger, listMonths } from '../../api/contract/ledger.ts'
import { listRewards, type RewardState, rewardSummary } from '../../api/contract/rewards.ts'
import { call } from './call.ts'

/** What the list of rewards is narrowed by. */
export type RewardsAsked = {
  provider?: string | undefined
  customer?: string | undefined
  /** The id of a campaign; `none` for those that no campaign brought. */
  campaign?: string | undefined
  state?: RewardState[] | undefined
}

/** Rewards, newest first. */
export const rewardsQuery = (asked: RewardsAsked) =>
  infiniteQueryOptions({
    queryKey: ['rewards', 'list', asked],
    queryFn: ({ pageParam, signal }) =>
      call(listRewards, { query: { ...asked, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** How many rewards are in each state, what they cost, and which mailings brought them. */
export const rewardSummaryQuery = (provider: string | undefined) =>
  queryOptions({
    queryKey: ['rewards', 'summary', provider],
    queryFn: ({ signal }) => call(rewardSummary, { query: { provider }, signal }),
    placeholderData: keepPreviousData,
  })

/** A provider's ledger, newest first; of one month where that is named. */
export const ledgerQuery = (provider: string, month: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['ledger', provider, month],
    queryFn: ({ pageParam, signal }) =>
      call(getLedger, { params: { id: provider }, query: { month, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })

/** The months in which something stands in a provider's ledger. */
export const monthsQuery = (provider: string) =>
  queryOptions({
    queryKey: ['ledger', provider, 'months'],
    queryFn: ({ signal }) => call(listMonths, { params: { id: provider }, signal }),
  })
