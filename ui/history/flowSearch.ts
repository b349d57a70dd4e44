import type { Segment } from '../../api/contract/segments.ts'
import type { Flow } from './sankey.ts'

/** What an address says of flows beside the period. */
export type FlowSearch = { scope?: string; segments?: string; start?: string; end?: string }

export type Scope = Segment['scope']

/** Segments that mostly exclude each other, in an order that says most of a customer: shown when none are picked. */
const USUAL: Readonly<Record<Scope, readonly string[]>> = {
  business: ['new-leads', 'new-customers', 'slipping-away', 'active-customers'],
  provider: ['loyalty-new', 'loyalty-top', 'loyalty-inactive', 'loyalty-loyal'],
}

export const scopeFrom = ({ scope }: FlowSearch): Scope => (scope === 'provider' ? 'provider' : 'business')

/** The picked segments that there are, in their order; the usual ones when the address names none. */
export function pickedFrom(search: FlowSearch, segments: readonly Pick<Segment, 'id' | 'scope'>[]): string[] {
  const scope = scopeFrom(search)
  const asked = search.segments === undefined ? USUAL[scope] : search.segments.split(',')
  return [...new Set(asked)].filter((id) => segments.some((one) => one.id === id && one.scope === scope))
}

/** In an address, "in none of these" is a word that no segment can have as its id. */
const NONE = '-'

/** What the address says of the flow whose customers are shown; {@link flowFrom} is the inverse. */
export const flowToSearch = ({ start, end }: Pick<Flow, 'start' | 'end'>): { start: string; end: string } => ({
  start: start ?? NONE,
  end: end ?? NONE,
})

/** The flow whose customers an address asks for; null when it asks for none, or for one that is not there. */
export function flowFrom({ start, end }: FlowSearch, flows: readonly Flow[]): Flow | null {
  const place = (text: string) => (text === NONE ? null : text)
  if (start === undefined || end === undefined) return null
  return flows.find((flow) => flow.start === place(start) && flow.end === place(end)) ?? null
}
