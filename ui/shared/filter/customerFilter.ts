import { channel, gender, status } from '../../../api/contract/common.ts'
import type { CustomerFilter } from '../../../api/contract/customers.ts'

/** A filter as it stands in the address: `?gender=female,male&group=Member&bookings=5-9&tag=vip&status=lead&language=de&reach=email,-sms&text=ann`. */
export type FilterSearch = {
  text?: string
  gender?: string
  group?: string
  aggregator?: string
  bookings?: string
  tag?: string
  status?: string
  language?: string
  reach?: string
}

/** What of an address is about the filter. */
export const FILTER_NAMES = [
  ...(['text', 'gender', 'group', 'aggregator', 'bookings', 'tag'] as const),
  ...(['status', 'language', 'reach'] as const),
] satisfies (keyof FilterSearch)[]

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

type Channel = NonNullable<CustomerFilter['reachable']>[number]
type Reach = Pick<CustomerFilter, 'reachable' | 'unreachable'>

/** Channels that are open as their names, those that are not with a minus before them; of both, the first counts. */
export function readReach(values: readonly string[]): { reachable: Channel[]; unreachable: Channel[] } {
  const named = (one: string) => channel.safeParse(one).data ?? []
  const reachable = values.flatMap(named)
  const unreachable = values.flatMap((value) => (value.startsWith('-') ? named(value.slice(1)) : []))
  return { reachable, unreachable: unreachable.filter((one) => !reachable.includes(one)) }
}

/** The inverse of {@link readReach}. */
export const writeReach = ({ reachable = [], unreachable = [] }: Reach): string[] => [
  ...reachable,
  ...unreachable.map((one) => `-${one}`),
]

/** A range of bookings as text, as {@link FilterSearch} has it; undefined for none. */
export const readBookings = readRange

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
  const statuses = listOf(search.status).flatMap((value) => status.safeParse(value).data ?? [])
  const languages = listOf(search.language)
  const { reachable, unreachable } = readReach(listOf(search.reach))
  const text = search.text?.trim().slice(0, 200)
  return {
    ...(genders.length > 0 ? { gender: genders } : {}),
    ...(groups.length > 0 ? { customer_group: groups } : {}),
    ...(aggregators.length > 0 ? { aggregator: aggregators } : {}),
    ...(bookings ? { bookings } : {}),
    ...(tags.length > 0 ? { tag: tags } : {}),
    ...(statuses.length > 0 ? { status: statuses } : {}),
    ...(languages.length > 0 ? { language: languages } : {}),
    ...(reachable.length > 0 ? { reachable } : {}),
    ...(unreachable.length > 0 ? { unreachable } : {}),
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
    ...(filter.status?.length ? { status: filter.status.join(',') } : {}),
    ...(filter.language?.length ? { language: filter.language.join(',') } : {}),
    ...(writeReach(filter).length > 0 ? { reach: writeReach(filter).join(',') } : {}),
  }
}

/** A filter as the query parameters of a list call. */
export function filterToQuery({ bookings, ...lists }: CustomerFilter) {
  return { ...lists, bookings_min: bookings?.min, bookings_max: bookings?.max }
}

/** Whether a filter lets everybody through. */
export const isEmptyFilter = (filter: CustomerFilter): boolean => Object.keys(filterToSearch(filter)).length === 0
