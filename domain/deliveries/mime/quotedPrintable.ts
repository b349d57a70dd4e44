/** RFC 2045 6.7: no line of the encoded text is longer. */
const LONGEST = 76
/** As many encoded lines are remembered; a mail has a few hundred. */
const REMEMBERED = 4_000
/** Longer lines are not remembered: they are one mail's, more often than not. */
const WORTH_REMEMBERING = 2_000

const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
const PLAIN = /^[\t\x20-\x3c\x3e-\x7e]*$/

/** Lines by what they are encoded as. All copies of one message have most of theirs in common. */
const known = new Map<string, string>()

/**
 * Text as quoted-printable, with CRLF at the ends of lines. What the copies of a message have in common is encoded once:
 * each line is remembered.
 */
export function quotedPrintable(text: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  let encoded = ''
  for (let index = 0; index < lines.length; index++) {
    if (index > 0) encoded += '\r\n'
    encoded += encodeLine(lines[index] ?? '')
  }
  return encoded
}

function encodeLine(line: string): string {
  if (line.length <= LONGEST && PLAIN.test(line) && !/[ \t]$/.test(line)) return line
  const remembered = known.get(line)
  if (remembered !== undefined) return remembered
  const encoded = fold(line)
  if (line.length <= WORTH_REMEMBERING) {
    if (known.size >= REMEMBERED) known.clear()
    known.set(line, encoded)
  }
  return encoded
}

/** Breaks come before a line would get too long; `=` at the end says that the line goes on. */
function fold(line: string): string {
  let encoded = ''
  let width = 0
  const bytes = Buffer.from(line, 'utf8')
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const last = at === bytes.length - 1
    const blank = byte === 0x20 || byte === 0x09
    const plain = (byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) || (blank && !last)
    const piece = plain ? String.fromCharCode(byte) : (HEX[byte] ?? '')
    if (width + piece.length > (last ? LONGEST : LONGEST - 1)) {
      encoded += '=\r\n'
      width = 0
    }
    encoded += piece
    width += piece.length
  }
  return encoded
}
