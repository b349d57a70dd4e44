import { type DeliveryFilter, deliveryFilterQuery } from '../../api/contract/deliveries.ts'

/** What the address of the history says, under the names that the API has for it. */
export const SEARCH_NAMES = [
  'state',
  'reaction',
  'channel',
  'campaign',
  'template',
  'kind',
  'provider',
  'customer',
  'from',
  'to',
  'text',
  'variant',
  'bounce',
  'domain',
  'link',
  'wish',
] as const
export type DeliverySearch = { [Name in (typeof SEARCH_NAMES)[number]]?: string }

/** What numbers of a report lead to; each goes with its mailing. */
export const DETAILS = ['variant', 'bounce', 'domain', 'link', 'wish'] as const

/** The filter that an address asks for. What is not allowed in it is left out. */
export function filterFromSearch(search: DeliverySearch): DeliveryFilter {
  const found: Record<string, unknown> = {}
  for (const name of SEARCH_NAMES) {
    const value = search[name]
    if (value === undefined || value === '') continue
    const read = deliveryFilterQuery.shape[name].safeParse(value)
    if (read.success && read.data !== undefined) found[name] = read.data
  }
  const filter = found as DeliveryFilter
  if (filter.from !== undefined && filter.to !== undefined && filter.from > filter.to) delete filter.from
  if (!filter.campaign?.length) for (const name of DETAILS) delete filter[name]
  return filter
}

/** The inverse of {@link filterFromSearch}. */
export function filterToSearch(filter: DeliveryFilter): DeliverySearch {
  const search: DeliverySearch = {}
  for (const name of SEARCH_NAMES) {
    const value = [filter[name] ?? []].flat().join(',')
    if (value !== '') search[name] = value
  }
  return search
}

/** Whether a filter lets everything through. */
export const isEmptyFilter = (filter: DeliveryFilter): boolean => Object.keys(filterToSearch(filter)).length === 0
