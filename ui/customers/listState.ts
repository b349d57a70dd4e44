import {
  CUSTOMER_COLUMNS,
  type CustomerColumn,
  type CustomerSort,
  customerColumn,
  customerSort,
  direction,
  type ViewDefinition,
} from '../../api/contract/customerList.ts'
import type { CustomerSearch } from '../../api/contract/customers.ts'
import { type FilterSearch, filterFromSearch, filterToSearch, isEmptyFilter } from '../shared/filter/customerFilter.ts'

/** What is looked at, as it stands in the address. */
export type ListAddress = FilterSearch & {
  segment?: string
  provider?: string
  sort?: string
  direction?: string
  columns?: string
  view?: string
}

export type Direction = 'ascending' | 'descending'

/** What is looked at: who, in which order, with which columns. */
export type ListState = {
  search: CustomerSearch
  sort: CustomerSort
  direction: Direction | undefined
  columns: readonly CustomerColumn[]
}

/** What a list shows when nobody has chosen. */
export const USUAL_COLUMNS: readonly CustomerColumn[] = [
  ...(['email', 'status', 'tags', 'customer_group', 'bookings'] as const),
]

/** Those that stand somewhere, in the order of the list. */
export const inOrder = (columns: readonly string[]): CustomerColumn[] =>
  CUSTOMER_COLUMNS.filter((column) => columns.includes(column))

/**
 * What an address asks for; what is not allowed in it is left out.
 *
 * @param usual the columns where it names none
 */
export function readState(address: ListAddress, usual: readonly CustomerColumn[] = USUAL_COLUMNS): ListState {
  const filter = filterFromSearch(address)
  const named = (address.columns ?? '').split(',').flatMap((one) => customerColumn.safeParse(one).data ?? [])
  return {
    search: {
      ...(isEmptyFilter(filter) ? {} : { filter }),
      ...(address.segment ? { segment: address.segment } : {}),
      ...(address.segment && address.provider ? { provider: address.provider } : {}),
    },
    sort: customerSort.safeParse(address.sort).data ?? 'name',
    direction: direction.safeParse(address.direction).data,
    columns: address.columns === undefined ? usual : inOrder(named),
  }
}

/** The inverse of {@link readState}; the usual columns are not said. */
export function writeState(state: ListState, usual: readonly CustomerColumn[] = USUAL_COLUMNS): ListAddress {
  const { search, sort, direction: way, columns } = state
  const isUsual = columns.join() === usual.join()
  return {
    ...filterToSearch(search.filter ?? {}),
    ...(search.segment === undefined ? {} : { segment: search.segment }),
    ...(search.provider === undefined ? {} : { provider: search.provider }),
    ...(sort === 'name' ? {} : { sort }),
    ...(way === undefined ? {} : { direction: way }),
    // one that names none shows the name only
    ...(isUsual ? {} : { columns: columns.join(',') || 'name' }),
  }
}

/** What is looked at, as a view keeps it. */
export const definitionOf = ({ search, sort, direction: way, columns }: ListState): ViewDefinition => ({
  search,
  sort,
  ...(way === undefined ? {} : { direction: way }),
  columns: [...columns],
})

/** A view as what is looked at. */
export const stateOf = ({ search, sort, direction: way, columns }: ViewDefinition): ListState => ({
  search,
  sort,
  direction: way,
  columns: inOrder(columns),
})

/** Whether two show the same. */
export const isSame = (one: ListState, other: ListState): boolean =>
  JSON.stringify(comparable(one)) === JSON.stringify(comparable(other))

/** Without the differences that mean nothing: the order of parts and of values. */
function comparable({ search, sort, direction: way, columns }: ListState) {
  const address = writeState({ search, sort, direction: way, columns }, [])
  return Object.entries(address)
    .map(([name, value]) => [name, value.split(',').sort().join()])
    .sort()
}

/** Whether a search finds everybody. */
export const findsAll = ({ filter, segment }: CustomerSearch): boolean =>
  isEmptyFilter(filter ?? {}) && segment === undefined

/** A search as the query parameters of the list. */
export function searchToQuery({ filter = {}, segment, provider }: CustomerSearch) {
  const { bookings, ...lists } = filter
  return { ...lists, bookings_min: bookings?.min, bookings_max: bookings?.max, segment, provider }
}

const NATURALLY_DESCENDING: readonly CustomerSort[] = ['newest', 'bookings', 'last_booking']

/** How the list goes: as somebody says, or as its order naturally does. */
export const directionOf = ({ sort, direction: way }: Pick<ListState, 'sort' | 'direction'>): Direction =>
  way ?? (NATURALLY_DESCENDING.includes(sort) ? 'descending' : 'ascending')

/** Sorted by something: the natural way first, the other way when it is sorted by it already. */
export function sortedBy(state: ListState, sort: CustomerSort): Pick<ListState, 'sort' | 'direction'> {
  if (state.sort !== sort) return { sort, direction: undefined }
  if (state.direction !== undefined) return { sort, direction: undefined }
  return { sort, direction: directionOf(state) === 'ascending' ? 'descending' : 'ascending' }
}
