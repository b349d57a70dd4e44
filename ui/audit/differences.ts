/** A part of a value that is another one after a change; undefined where there was or is none. */
export type Difference = { path: string; before: unknown; after: unknown }

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * What differs between two values, part by part: `recalculation.mode`. Lists are compared as a whole, since a place in a
 * list says nothing.
 */
export function differencesOf(before: unknown, after: unknown, path = ''): Difference[] {
  if (same(before, after)) return []
  if (
    (isGroup(before) || before === null) &&
    (isGroup(after) || after === null) &&
    (before !== null || after !== null)
  ) {
    const [one, other] = [before ?? {}, after ?? {}]
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
      differencesOf(one[name] ?? undefined, other[name] ?? undefined, path === '' ? name : `${path}.${name}`),
    )
  }
  return [{ path, before, after }]
}

/** A value as somebody reads it. */
export const readable = (value: unknown): string =>
  value === undefined || value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value, null, 1)
