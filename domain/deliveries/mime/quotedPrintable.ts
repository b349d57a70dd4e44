import { type Pieces, type SharedText, textOf } from '../../messages/pieces.ts'

/** RFC 2045 6.7: no line of the encoded text is longer. The last place is kept for the `=` that says that the line goes on. */
const LONGEST = 75
/** Shorter text is encoded anew each time: a line of its own would cost more than that. */
const WORTH_A_LINE = 100

/** Encoded text, and how long its last line is. */
type Encoded = { text: string; column: number }

/** What copies of a message have in common, encoded from the start of a line. */
const known = new WeakMap<SharedText, Encoded>()

/**
 * Text as quoted-printable, with CRLF at the ends of lines, and no line that begins with a dot. What copies of a message
 * have in common is encoded once, beginning on a line of its own: a soft line break may stand anywhere.
 *
 * @returns ASCII in pieces, which follow each other
 */
export function quotedPrintable(pieces: Pieces): string[] {
  const encoded: string[] = []
  let column = 0
  for (const piece of pieces) {
    const shared = typeof piece !== 'string' && piece.shared.length >= WORTH_A_LINE
    if (shared && column > 0) encoded.push('=\r\n')
    const part = shared ? encodeOnce(piece) : encode(textOf(piece), column)
    encoded.push(part.text)
    column = part.column
  }
  return encoded
}

function encodeOnce(piece: SharedText): Encoded {
  const before = known.get(piece)
  if (before !== undefined) return before
  const encoded = encode(piece.shared, 0)
  known.set(piece, encoded)
  return encoded
}

/** Encodes a text that begins at a column. */
function encode(text: string, column: number): Encoded {
  const [first = '', ...lines] = text.split(/\r\n|\r|\n/)
  let last = encodeLine(first, column)
  let encoded = last.text
  for (const line of lines) {
    last = encodeLine(line, 0)
    encoded += `\r\n${last.text}`
  }
  return { text: encoded, column: last.column }
}

const PLAIN = /^[\t\x20-\x3c\x3e-\x7e]*$/
const BLANK_END = /[ \t]$/

function encodeLine(line: string, column: number): Encoded {
  const plain = PLAIN.test(line) && !BLANK_END.test(line)
  if (plain && column + line.length <= LONGEST && line[0] !== '.') return { text: line, column: column + line.length }
  // white space must not end a line, and this text may be the last on one
  return fold(plain ? line : line.replace(UNPLAIN, encodeRun).replace(BLANK_END, encodeRun), column)
}

/** Breaks come before a line would get too long, never inside `=XX`. */
function fold(encoded: string, start: number): Encoded {
  let folded = ''
  let column = start
  let from = 0
  for (;;) {
    if (column === 0 && encoded[from] === '.') {
      folded += '=2E'
      column = 3
      from += 1
    }
    if (encoded.length - from <= LONGEST - column) break
    let to = from + LONGEST - column
    if (encoded[to - 1] === '=') to -= 1
    else if (encoded[to - 2] === '=') to -= 2
    folded += `${encoded.slice(from, Math.max(to, from))}=\r\n`
    from = Math.max(to, from)
    column = 0
  }
  return { text: folded + encoded.slice(from), column: column + encoded.length - from }
}

const UNPLAIN = /[^\t\x20-\x3c\x3e-\x7e]+/g
const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)

function encodeRun(run: string): string {
  if (run === '=') return '=3D'
  let encoded = ''
  for (const byte of Buffer.from(run, 'utf8')) encoded += HEX[byte] ?? ''
  return encoded
}
