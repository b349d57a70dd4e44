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

/** Breaks come before a line would get too long, never inside `=XX`; `=` at the end says that the line goes on. */
function fold(line: string): string {
  const encoded = line.replace(UNPLAIN, encodeRun).replace(/[ \t]$/, (blank) => HEX[blank.charCodeAt(0)] ?? '')
  if (encoded.length <= LONGEST) return encoded
  let folded = ''
  let from = 0
  while (encoded.length - from > LONGEST) {
    let to = from + LONGEST - 1
    if (encoded[to - 1] === '=') to -= 1
    else if (encoded[to - 2] === '=') to -= 2
    folded += `${encoded.slice(from, to)}=\r\n`
    from = to
  }
  return folded + encoded.slice(from)
}

const UNPLAIN = /[^\t\x20-\x3c\x3e-\x7e]+/g

function encodeRun(run: string): string {
  if (run === '=') return '=3D'
  let encoded = ''
  for (const byte of Buffer.from(run, 'utf8')) encoded += HEX[byte] ?? ''
  return encoded
}
