import { gender } from '../../../api/contract/common.ts'
import type { CustomerFilter } from '../../../api/contract/customers.ts'

/** A filter as it stands in the address: `?gender=female,male&group=Member&bookings=5-9&tag=vip&text=ann`. */
export type FilterSearch = {
  text?: string
  gender?: string
  group?: string
  aggregator?: string
  bookings?: string
  tag?: string
}

const listOf = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(',').filter((part) => part.trim() !== '')),
]

/** "5-9", "5-", "-4" or "3": at least and at most; undefined when it is none of these. */
function readRange(text: string | undefined): { min?: number; max?: number } | undefined {
  const match = /^(\d{0,6})(-?)(\d{0,6})$/.exec(text ?? '')
  if (!match || (match[1] === '' && match[3] === '')) return undefined
  const [, from = '', dash = '', to = ''] = match
  const min = from === '' ? undefined : Number(from)
  const max = dash === '' ? min : to === '' ? undefined : Number(to)
  if (min !== undefined && max !== undefined && min > max) return undefined
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
}

function writeRange({ min, max }: { min?: number | undefined; max?: number | undefined }): string {
  return min !== undefined && min === max ? String(min) : `${min ?? ''}-${max ?? ''}`
}

/** The filter that an address asks for. What is not allowed in it (an unknown gender, "9-5") is left out. */
export function filterFromSearch(search: FilterSearch): CustomerFilter {
  const genders = listOf(search.gender).flatMap((value) => gender.safeParse(value).data ?? [])
  const groups = listOf(search.group)
  const aggregators = listOf(search.aggregator)
  const bookings = readRange(search.bookings)
  const tags = listOf(search.tag)
  const text = search.text?.trim().slice(0, 200)
  return {
    ...(genders.length > 0 ? { gender: genders } : {}),
    ...(groups.length > 0 ? { customer_group: groups } : {}),
    ...(aggregators.length > 0 ? { aggregator: aggregators } : {}),
    ...(bookings ? { bookings } : {}),
    ...(tags.length > 0 ? { tag: tags } : {}),
    ...(text ? { text } : {}),
  }
}

/** The inverse of {@link filterFromSearch}. */
export function filterToSearch(filter: CustomerFilter): FilterSearch {
  const { bookings } = filter
  return {
    ...(filter.text ? { text: filter.text } : {}),
    ...(filter.gender?.length ? { gender: filter.gender.join(',') } : {}),
    ...(filter.customer_group?.length ? { group: filter.customer_group.join(',') } : {}),
    ...(filter.aggregator?.length ? { aggregator: filter.aggregator.join(',') } : {}),
    ...(bookings && (bookings.min !== undefined || bookings.max !== undefined)
      ? { bookings: writeRange(bookings) }
      : {}),
    ...(filter.tag?.length ? { tag: filter.tag.join(',') } : {}),
  }
}

/** A filter as the query parameters of a list call. */
export function filterToQuery({ bookings, ...lists }: CustomerFilter) {
  return { ...lists, bookings_min: bookings?.min, bookings_max: bookings?.max }
}

/** Whether a filter lets everybody through. */
export const isEmptyFilter = (filter: CustomerFilter): boolean => Object.keys(filterToSearch(filter)).length === 0
