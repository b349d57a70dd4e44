/** Which messages are picked: some, with the customer of each, or all that match. */
export type Picked = { readonly kind: 'some'; readonly of: ReadonlyMap<string, string> } | { readonly kind: 'all' }

export const NOTHING: Picked = { kind: 'some', of: new Map() }

type Line = { readonly id: string; readonly customer: { readonly id: string } }

export const isPicked = (picked: Picked, id: string): boolean => picked.kind === 'all' || picked.of.has(id)

export const customersOf = (picked: Picked): string[] => (picked.kind === 'all' ? [] : [...new Set(picked.of.values())])

/** Picks or unpicks one. Out of all that match one cannot be taken: what stays are the others on the page. */
export function toggleOne(picked: Picked, line: Line, shown: readonly Line[]): Picked {
  const of = new Map(picked.kind === 'all' ? shown.map(({ id, customer }) => [id, customer.id] as const) : picked.of)
  if (!of.delete(line.id)) of.set(line.id, line.customer.id)
  return { kind: 'some', of }
}

/** Picks all on the page, or unpicks them when all of them are picked. */
export function togglePage(picked: Picked, shown: readonly Line[]): Picked {
  if (picked.kind === 'all') return NOTHING
  const of = new Map(picked.of)
  const all = shown.every(({ id }) => of.has(id))
  for (const { id, customer } of shown) {
    if (all) of.delete(id)
    else of.set(id, customer.id)
  }
  return { kind: 'some', of }
}
