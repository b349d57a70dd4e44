import type { Path } from '../rule.ts'

/** A place in a text; the first line is 1, the first column is 1 (UTF-16 units). */
export type Place = { readonly line: number; readonly column: number }

/** What is wrong in a text, where in the thing that it says (a JSON Pointer) and where in the text. */
export type TextMistake = { readonly path: Path } & Place & { readonly message: string }

/** Where things stand in a text: offsets of values and, in maps, of their names, by path. */
export type Offsets = ReadonlyMap<Path, { readonly value: number; readonly name?: number }>

/**
 * The offset of what a path names, or of the nearest thing around it: what is missing stands nowhere.
 *
 * @param part `name` for the name of a member, where that is what is wrong
 */
export function offsetOf(offsets: Offsets, path: Path, part: 'name' | 'value' = 'value'): number {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = offsets.get(at)
    if (found !== undefined) return part === 'name' && at === path ? (found.name ?? found.value) : found.value
    if (at === '') return 0
  }
}
