import type { CustomerFilter } from '../../api/contract/customers.ts'
import type { Recipients } from '../../api/contract/orders.ts'
import { isEmptyFilter } from '../shared/filter/customerFilter.ts'

/** Who is picked: some one by one, or all who match the filter, those included that were never shown. */
export type Selection = { readonly kind: 'some'; readonly ids: ReadonlySet<string> } | { readonly kind: 'all' }

export const NOBODY: Selection = { kind: 'some', ids: new Set() }

export const isPicked = (selection: Selection, id: string): boolean => selection.kind === 'all' || selection.ids.has(id)

/** How many are picked, when `total` match the filter. */
export const countPicked = (selection: Selection, total: number): number =>
  selection.kind === 'all' ? total : selection.ids.size

/**
 * Picks or unpicks one. Out of “all who match” one cannot be taken, since most of them were never shown: what stays
 * picked then are the others on the page.
 */
export function toggleOne(selection: Selection, id: string, shown: readonly string[]): Selection {
  const ids = new Set(selection.kind === 'all' ? shown : selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { kind: 'some', ids }
}

/** Picks all on the page, or unpicks them when all of them are picked; others that are picked stay so. */
export function togglePage(selection: Selection, shown: readonly string[]): Selection {
  if (selection.kind === 'all') return NOBODY
  const ids = new Set(selection.ids)
  const all = shown.every((id) => ids.has(id))
  for (const id of shown) {
    if (all) ids.delete(id)
    else ids.add(id)
  }
  return { kind: 'some', ids }
}

/** For the checkbox over the list: whether all on the page are picked, or some. */
export function pageState(selection: Selection, shown: readonly string[]): 'all' | 'some' | 'none' {
  const picked = shown.filter((id) => isPicked(selection, id)).length
  if (picked === 0) return selection.kind === 'some' && selection.ids.size > 0 ? 'some' : 'none'
  return picked === shown.length ? 'all' : 'some'
}

/**
 * Whom a mail to the picked goes to, as the API takes it. Nobody picked means all who match.
 *
 * @param members whose members are shown; of a provider's segment a mail comes from that provider
 */
export function recipientsOf(
  selection: Selection,
  { segment, provider }: Pick<Recipients, 'segment' | 'provider'>,
  filter: CustomerFilter,
): Recipients {
  const from = provider === undefined ? {} : { provider }
  if (selection.kind === 'some' && selection.ids.size > 0) return { ...from, customers: [...selection.ids] }
  return { ...from, segment, ...(isEmptyFilter(filter) ? {} : { filter }) }
}
