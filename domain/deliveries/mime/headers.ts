/** RFC 5322 2.1.1: no line longer than this, without its end; and where lines are folded. */
const FOLD_AT = 76
/** The most bytes of text in one encoded word: the first one shares its line with the name (RFC 2047 section 2). */
const WORD_BYTES = 39

/**
 * One header, folded: each line but the first begins with a space. Values hold no line ends, whatever they were given:
 * nobody adds a header through one.
 *
 * @param value what stands there already in ASCII: structured, with its own encoded words
 */
export function header(name: string, value: string): string {
  const clean = value.replace(/[\r\n\0]+/g, ' ').trim()
  const lines: string[] = []
  let line = `${name}:`
  for (const word of clean.split(' ')) {
    if (line.length + 1 + word.length > FOLD_AT && !line.endsWith(':')) {
      lines.push(line)
      line = ''
    }
    line += ` ${word}`
  }
  return [...lines, line].join('\r\n')
}

/** Text as it may stand in a header: ASCII as it is, anything else in encoded words of UTF-8 (RFC 2047). */
export function headerText(text: string): string {
  const clean = text.replace(/[\r\n\0]+/g, ' ')
  // what looks like an encoded word would be read as one; words that can't be folded are encoded, too
  if (/^[\x20-\x7e]*$/.test(clean) && !clean.includes('=?') && !/\S{60}/.test(clean) && !/ {2}|^ | $/.test(clean))
    return clean
  return encodedWords(clean)
}

/** A name in front of an address: quoted where it is ASCII, else in encoded words. */
export function phrase(name: string): string {
  const clean = name.replace(/[\r\n\0]+/g, ' ').trim()
  if (/^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*$/.test(clean) && !clean.includes('=?')) return clean
  if (/^[\x20-\x7e]*$/.test(clean) && clean.length < 60 && !clean.includes('=?'))
    return `"${clean.replace(/["\\]/g, '\\$&')}"`
  return encodedWords(clean)
}

/** Each word holds whole characters, so that one can be read without the next. */
function encodedWords(text: string): string {
  const words: string[] = []
  let part = ''
  let size = 0
  for (const character of text) {
    const bytes = Buffer.byteLength(character)
    if (size + bytes > WORD_BYTES) {
      words.push(part)
      part = ''
      size = 0
    }
    part += character
    size += bytes
  }
  words.push(part)
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ')
}
