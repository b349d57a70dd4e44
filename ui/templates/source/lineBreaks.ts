/**
 * The source editor knows one kind of line break, of one character; a source keeps those that it has. So positions differ
 * where a line ends with two.
 */

/** A source as the editor holds it. */
export const toEditor = (source: string): string => source.replace(/\r\n?/g, '\n')

/** The line break that a source uses first. */
export const lineBreakOf = (source: string): string => /\r\n?|\n/.exec(source)?.[0] ?? '\n'

/** A position of the source in the editor. */
export function inEditor(source: string, position: number): number {
  let doubled = 0
  for (let at = source.indexOf('\r\n'); at >= 0 && at < position; at = source.indexOf('\r\n', at + 2)) doubled++
  return position - doubled
}

/** A position of the editor in the source. */
export function inSource(source: string, position: number): number {
  let shift = 0
  for (let at = source.indexOf('\r\n'); at >= 0 && at - shift < position; at = source.indexOf('\r\n', at + 2)) shift++
  return position + shift
}
