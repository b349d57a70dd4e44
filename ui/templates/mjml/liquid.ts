/** Tags whose content is not Liquid either: what stands in them ends with them. */
const VERBATIM = /^\{%-?\s*(raw|comment)\s*-?%\}/

/**
 * Where the Liquid that begins at `start` (`{{ … }}` or `{% … %}`) ends; strings in it may hold its closing braces.
 * `raw` and `comment` are one piece with all that they hold.
 * @returns the position after it, or -1 when none begins there or it does not end before `limit`
 */
export function endOfLiquid(source: string, start: number, limit: number = source.length): number {
  if (source[start] !== '{') return -1
  const second = source[start + 1]
  if (second !== '{' && second !== '%') return -1
  const closing = second === '{' ? '}}' : '%}'
  const end = afterClosing(source, start + 2, closing, limit)
  if (end < 0) return -1
  const verbatim = VERBATIM.exec(source.slice(start, end))?.[1]
  if (verbatim === undefined) return end
  const last = new RegExp(`\\{%-?\\s*end${verbatim}\\s*-?%\\}`, 'g')
  last.lastIndex = end
  const found = last.exec(source)
  return found !== null && last.lastIndex <= limit ? last.lastIndex : end
}

/** Liquid is short: whoever opens braces and closes them pages later has meant something else. */
const LONGEST = 4_000

function afterClosing(source: string, from: number, closing: string, limit: number): number {
  const most = Math.min(limit, from + LONGEST)
  let quote = ''
  for (let at = from; at < most; at++) {
    const sign = source[at]
    if (quote !== '') {
      if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'") quote = sign
    else if (source.startsWith(closing, at)) return at + closing.length <= limit ? at + closing.length : -1
  }
  return -1
}
