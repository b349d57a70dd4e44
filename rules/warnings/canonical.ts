/**
 * A condition, or a part of one, as a text that is the same for those that ask the same: the order in which things were
 * clicked together does not matter, nor the order of a list, but for the two ends of a range.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const entries = value.map(canonical)
    return `[${(value.every((entry) => typeof entry === 'string') ? [...new Set(entries)].sort() : entries).join()}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  return `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
    .sort()
    .join()}}`
}
