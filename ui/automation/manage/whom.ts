import type { z } from 'zod'
import type { CustomerSearch } from '../../../api/contract/customers.ts'
import type { enrolCustomers } from '../../../api/contract/enrolments.ts'
import type { Status } from '../../../rules/automations/automation.ts'

/** Where those come from who are to enter by hand. */
export const SOURCES = ['segment', 'customers', 'search'] as const
export type Source = (typeof SOURCES)[number]

/** Who is meant, from each source: switching to another one loses nothing. */
export type Whom = {
  readonly source: Source
  readonly segment: string
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  readonly text: string
  readonly statuses: readonly Status[]
  readonly tags: readonly string[]
}

/** Nobody is meant yet; of an automation that begins with a segment, that segment is at hand. */
export function nobodyYet(definition: unknown): Whom {
  const when = (definition as { when?: { on?: unknown; segment?: unknown } } | null)?.when
  const segment = when?.on === 'enters_segment' && typeof when.segment === 'string' ? when.segment : ''
  return { source: 'segment', segment, customers: [], text: '', statuses: [], tags: [] }
}

/** Whether anybody is meant: a search for everybody has to be said. */
export function isSomebody(whom: Whom): boolean {
  if (whom.source === 'segment') return whom.segment !== ''
  if (whom.source === 'customers') return whom.customers.length > 0
  return whom.text.trim() !== '' || whom.statuses.length > 0 || whom.tags.length > 0
}

type Body = Pick<z.input<(typeof enrolCustomers)['body']>, 'customers' | 'segment' | 'search'>

/** Who is meant, as the API is told it. */
export function whomOf({ source, segment, customers, text, statuses, tags }: Whom): Body {
  if (source === 'segment') return { segment }
  if (source === 'customers') return { customers: customers.map(({ id }) => id) }
  const words = text.trim()
  const search: CustomerSearch = {
    ...(words === '' ? {} : { filter: { text: words } }),
    ...(statuses.length === 0 ? {} : { status: [...statuses] }),
    ...(tags.length === 0 ? {} : { tag: [...tags] }),
  }
  return { search }
}
