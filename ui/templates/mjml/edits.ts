/** A stretch of a text replaced by another one. */
export type TextEdit = { readonly start: number; readonly end: number; readonly text: string }

/** The text after edits, which are in order and don't overlap; their places are those in the text before. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let at = 0
  let out = ''
  for (const { start, end, text } of edits) {
    out += source.slice(at, start) + text
    at = end
  }
  return out + source.slice(at)
}

/** The edits that take the text after `edits` back to `source`. */
export function invertEdits(source: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0
  return edits.map(({ start, end, text }) => {
    const from = start + shift
    shift += text.length - (end - start)
    return { start: from, end: from + text.length, text: source.slice(start, end) }
  })
}

/** The smallest edit from one text to another; undefined when they are the same. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let same = 0
  while (same < most - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++
  return { start, end: before.length - same, text: after.slice(start, after.length - same) }
}

/** Where a position is after edits; one inside of what was replaced is at its end. */
export function positionAfter(position: number, edits: readonly TextEdit[]): number {
  let shift = 0
  for (const { start, end, text } of edits) {
    if (position < start) break
    if (position < end) return start + shift + text.length
    shift += text.length - (end - start)
  }
  return position + shift
}

/** Where a position of the text after edits was before them; one inside of what was put in was at its beginning. */
export function positionBefore(position: number, edits: readonly TextEdit[]): number {
  let shift = 0
  for (const { start, end, text } of edits) {
    const from = start + shift
    if (position < from) break
    if (position < from + text.length) return start
    shift += text.length - (end - start)
  }
  return position - shift
}
