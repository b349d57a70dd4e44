import { nearest } from './nearest.ts'
import type { Path } from './rule.ts'

/** Sentences about what somebody wrote that is not allowed. */

/**
 * That there is no such name, or none at all; which ones there are, and which one was probably meant.
 *
 * @param what the name is of: `fact`, `operator`
 * @param of what has these names, where that is not the language itself
 */
export function unknownName(what: string, name: unknown, names: readonly string[], of?: string): string {
  const owner = of === undefined ? '' : ` of “${of}”`
  const allowed = names.length === 0 ? `“${of}” takes none` : `Allowed: ${names.join(', ')}`
  if (name === undefined) return `The ${what}${owner} is missing. ${allowed}.`
  if (typeof name !== 'string') {
    const text = names.includes(String(name)) ? ` Did you mean the text "${String(name)}"?` : ''
    return `This is ${described(name)}. ${allowed}.${text}`
  }
  return `There is no ${what} “${shown(name)}”${owner}. ${allowed}.${didYouMean(nearest(name, names))}`
}

/** The end of a sentence; nothing when no name is near enough. */
export const didYouMean = (name: string | undefined) => (name === undefined ? '' : ` Did you mean “${name}”?`)

/** What somebody wrote, short enough to be said back. */
export const shown = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** What stands at a path, as a sentence without its end; where nothing does, what is missing by its name. */
export const found = (path: Path, value: unknown): string =>
  value === undefined ? `“${path.slice(path.lastIndexOf('/') + 1)}” is missing` : `This is ${described(value)}`

/** What somebody wrote, as the end of a sentence that begins with “This is”. */
export function described(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : shown(`the list ${short(value)}`)
  if (typeof value === 'object') return shown(`the object ${short(value)}`)
  return typeof value === 'string' ? `the text “${shown(value)}”` : `the ${typeof value} ${String(value)}`
}

/** The beginning of a value's JSON, without ever writing down a large one. */
function short(value: object): string {
  const keys = Object.keys(value)
  if (keys.length > 5) return Array.isArray(value) ? `of ${value.length} entries` : `with ${keys.length} members`
  const parts = Object.entries(value).map(([key, part]) => {
    const text = typeof part === 'object' && part !== null ? '…' : (JSON.stringify(part) ?? '…').slice(0, 30)
    return Array.isArray(value) ? text : `${JSON.stringify(key.slice(0, 30))}: ${text}`
  })
  return Array.isArray(value) ? `[${parts.join(', ')}]` : `{${parts.join(', ')}}`
}
