import { Problem } from '../../errors.ts'
import { type Encoding, type Reading, SEPARATORS, type Separator } from '../import.ts'

const MARKS: readonly [Encoding, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/** What a file is, by its first bytes; null for text. Whatever its name says. */
export function formatOf(start: Buffer): 'xlsx' | null {
  const begins = (...bytes: number[]) => bytes.every((byte, index) => start[index] === byte)
  const refuse = (message: string) => new Problem('invalid', message, [{ path: '/name', message }])
  if (begins(0x50, 0x4b, 0x03, 0x04)) return 'xlsx'
  if (begins(0xd0, 0xcf, 0x11, 0xe0))
    throw refuse('This is a spreadsheet of an old kind (.xls), or one with a password: save it as .xlsx or CSV')
  if (begins(0x25, 0x50, 0x44, 0x46)) throw refuse('This is a PDF: a table is needed, as CSV or .xlsx')
  if (begins(0x1f, 0x8b) || begins(0x50, 0x4b)) throw refuse('This is an archive: unpack it and take the table in it')
  return null
}

/**
 * The encoding of a text: by its mark, else UTF-8 where all of it is, else what Windows writes in the west. What Excel calls
 * Unicode text has a mark; without one, zeros at every other place tell it.
 */
export async function encodingOf(bytes: AsyncIterable<Buffer>): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  try {
    for await (const part of bytes) {
      if (isFirst) {
        const marked = MARKS.find(([, mark]) => mark.every((byte, index) => part[index] === byte))
        if (marked !== undefined) return marked[0]
        const wide = zeros(part.subarray(0, 2_000))
        if (wide !== null) return wide
      }
      isFirst = false
      decoder.decode(part, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

function zeros(start: Buffer): Encoding | null {
  const count = (from: number) => start.filter((byte, index) => index % 2 === from && byte === 0).length
  const half = start.length / 2
  if (count(1) > half * 0.6 && count(0) < half * 0.1) return 'utf-16le'
  if (count(0) > half * 0.6 && count(1) < half * 0.1) return 'utf-16be'
  return null
}

/** The text of a file, piece by piece, without a mark at its beginning. */
export async function* textOf(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const part of bytes) yield decoder.decode(part, { stream: true })
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

const LINES = 30

/**
 * The sign between the cells: the one by which the first rows have the most cells, as long as they agree. A first line
 * `sep=;`, which Excel writes, says it.
 */
export function separatorOf(start: string): Separator {
  const [, said] = /^sep=([,;\t|])\r?\n/i.exec(start) ?? []
  if (said !== undefined) return said as Separator
  const scored = SEPARATORS.map((separator) => {
    const counts = cellCounts(start, separator)
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1
    const agreeing = counts.filter((count) => count === usual).length / Math.max(counts.length, 1)
    return { separator, score: usual < 2 ? 0 : agreeing * agreeing * Math.min(usual, 12) }
  })
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one))
  return best.separator
}

/** How many cells each of the first rows would have. */
function cellCounts(text: string, separator: Separator): number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  let isEmpty = true
  for (const sign of text) {
    if (sign === '"') quoted = !quoted
    else if (quoted) continue
    else if (sign === separator) cells++
    else if (sign === '\n') {
      if (!isEmpty) counts.push(cells)
      if (counts.length === LINES) return counts
      cells = 1
      isEmpty = true
      continue
    }
    if (sign !== '\r') isEmpty = false
  }
  if (counts.length === 0 && !isEmpty) counts.push(cells)
  return counts
}

/** How a file of text is read, as far as it tells. */
export async function detectCsv(bytes: () => AsyncIterable<Buffer>): Promise<Reading> {
  const encoding = await encodingOf(bytes())
  let start = ''
  for await (const piece of textOf(bytes(), encoding)) {
    start += piece
    if (start.length > 60_000) break
  }
  if (/\0/.test(start.slice(0, 4_000))) {
    const message = 'This is neither a text nor a spreadsheet: allowed are CSV and .xlsx'
    throw new Problem('invalid', message, [{ path: '/name', message }])
  }
  return { format: 'csv', encoding, separator: separatorOf(start), sheets: [], sheet: null, titles: true }
}
