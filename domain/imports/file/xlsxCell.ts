/** How the numbers of a spreadsheet are shown, which alone tells a date from a number. */
export type Styles = {
  formatOf(style: number): { id: number; code: string | null }
  /** Days are counted from 1904, as old Macintoshes did. */
  is1904: boolean
}

/** A cell's content as text: dates as `2026-11-30` or `2026-11-30T18:00:00`, times as `18:00:00`, the rest as it is. */
export function cellOf(
  { type, style, hasFormula }: { type: string; style: number; hasFormula: boolean },
  value: string,
  texts: readonly string[],
  styles: Styles,
): string {
  // nothing is computed here: a formula whose program saved no result has none
  if (value === '') return hasFormula && type !== 'str' ? '#VALUE!' : ''
  switch (type) {
    case 's':
      return unescaped(texts[Number(value)] ?? '')
    case 'b':
      return value === '1' ? 'true' : 'false'
    case 'd':
      return value
    case 'n': {
      const number = Number(value)
      if (!Number.isFinite(number)) return value
      return isDate(styles.formatOf(style)) ? (dateOf(number, styles.is1904) ?? plain(number)) : plain(number)
    }
    default:
      return unescaped(value)
  }
}

/** Without the noise of binary fractions: 15 digits are what a spreadsheet shows. */
const plain = (number: number) => String(Number(number.toPrecision(15)))

/** `_x000D_` is how a carriage return and other such signs stand in these files. */
const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Formats that every spreadsheet has under these numbers, and those whose code has parts of a date outside of quotes. */
function isDate({ id, code }: { id: number; code: string | null }): boolean {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return true
  if (code === null) return false
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.|General|E[+-]/gi, ''))
}

const DAY = 86_400_000

function dateOf(serial: number, is1904: boolean): string | null {
  if (serial < 0 || serial > 2_958_465) return null
  const seconds = Math.round((serial % 1) * 86_400)
  if (serial < 1) return new Date(seconds * 1_000).toISOString().slice(11, 19)
  // 1900 is a leap year there, so days before March of it are off by one
  const days = is1904 ? Math.floor(serial) + 1_462 : Math.floor(serial) + (serial < 60 ? 1 : 0)
  const at = new Date(Date.UTC(1899, 11, 30) + days * DAY + seconds * 1_000).toISOString()
  return seconds % 86_400 === 0 ? at.slice(0, 10) : at.slice(0, 19)
}
