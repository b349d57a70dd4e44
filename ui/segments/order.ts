import type { z } from 'zod'
import type { listSegments } from '../../api/contract/segments.ts'

export type ListedSegment = z.infer<typeof listSegments.answer>['items'][number]

/** What the overview can be sorted by. */
const COLUMNS = ['name', 'members', 'change', 'recalculation', 'last', 'created'] as const
export type Column = (typeof COLUMNS)[number]

/** A column and its direction, as in the address: `members`, `-members`; null is the order in which they were made. */
export type Order = { readonly column: Column; readonly descending: boolean } | null

/** The order that an address asks for. */
export function orderFrom(sort: string | undefined): Order {
  const name = sort?.replace(/^-/, '')
  const column = COLUMNS.find((one) => one === name)
  return column === undefined ? null : { column, descending: sort?.startsWith('-') ?? false }
}

/** The inverse of {@link orderFrom}. */
export const orderToSearch = (order: Order): string | undefined =>
  order === null ? undefined : `${order.descending ? '-' : ''}${order.column}`

/** Numbers and instants begin with the largest, which is what one looks for. */
const DESCENDING_FIRST: readonly Column[] = ['members', 'change', 'last', 'created']

/** The order after a click on a column: its own direction first, then the other, then none. */
export function nextOrder(order: Order, column: Column): Order {
  const first = DESCENDING_FIRST.includes(column)
  if (order?.column !== column) return { column, descending: first }
  return order.descending === first ? { column, descending: !first } : null
}

/** How many more there are than seven days ago. */
export const changeOf = ({ members, last_days: days }: ListedSegment): number => members - (days[0]?.members ?? members)

type Words = { nameOf: (segment: ListedSegment) => string; noteOf: (segment: ListedSegment) => string }

/**
 * The segments that have a text in their name or note, in the asked order.
 *
 * @param words what they are called in the reader's language
 * @param locale for the order of letters
 */
export function arrange(
  segments: readonly ListedSegment[],
  { text, order, words, locale }: { text: string; order: Order; words: Words; locale: string },
): ListedSegment[] {
  const wanted = text.trim().toLocaleLowerCase(locale)
  const found = segments.filter((segment) =>
    `${words.nameOf(segment)}\n${words.noteOf(segment)}\n${segment.id}`.toLocaleLowerCase(locale).includes(wanted),
  )
  if (order === null) return found
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const keys: Record<Column, (segment: ListedSegment) => string | number> = {
    name: words.nameOf,
    members: ({ members }) => members,
    change: changeOf,
    recalculation: ({ recalculation: { mode, at } }) => `${mode} ${at ?? ''}`,
    last: ({ last_recalculated_at: at }) => (at === null ? 0 : Date.parse(at)),
    created: ({ created_at: at }) => Date.parse(at),
  }
  const key = keys[order.column]
  const sign = order.descending ? -1 : 1
  return found.sort((one, other) => {
    const [a, b] = [key(one), key(other)]
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b)))
  })
}
