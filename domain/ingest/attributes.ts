import type { AttributeValue } from './items.ts'
import type { Cell } from './table.ts'

const MAX_ATTRIBUTES = 200

/**
 * A customer's attributes after an item: those it names are set, or removed where it says null; the others stay; null
 * instead of a list removes all.
 *
 * @returns JSON with sorted names, the form in which equal attributes are equal texts; undefined when nothing was said
 * @throws RangeError when there would be more than {@link MAX_ATTRIBUTES}; its message is meant for the caller
 */
export function mergeAttributes(
  current: Cell | undefined,
  given: Record<string, AttributeValue> | null | undefined,
): string | null | undefined {
  if (given === undefined) return undefined
  if (given === null) return null
  const merged = new Map(typeof current === 'string' ? entriesOf(current) : [])
  for (const [name, value] of Object.entries(given)) merged.set(name, value)
  const kept = [...merged].filter(([, value]) => value !== null)
  if (kept.length > MAX_ATTRIBUTES) throw new RangeError(`A customer has at most ${MAX_ATTRIBUTES} attributes`)
  return kept.length === 0 ? null : jsonOf(kept)
}

/** Attributes as the database gave them, in the form that {@link mergeAttributes} writes. */
export const normaliseAttributes = (json: string): string => jsonOf(entriesOf(json))

const entriesOf = (json: string) => Object.entries(JSON.parse(json) as Record<string, AttributeValue>)

const jsonOf = (entries: [string, AttributeValue][]) =>
  JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
