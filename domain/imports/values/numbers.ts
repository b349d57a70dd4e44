/** Digits of the minor unit of a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/**
 * A number as people write it: 1 234,50, 1'234.50, 1.234,5, (12.00), 12 %. Null for anything else.
 *
 * @param decimal what stands before the decimals where that can't be told from the number itself
 */
export function readDecimal(text: string, decimal: ',' | '.'): string | null {
  const negative = /^\(.*\)$/.test(text.trim()) || /^[-−–]|[-−]$/.test(text.trim())
  const digits = text.replace(/[\s\u00a0\u202f'’()+−–-]/g, '')
  if (!/^[\d.,]+$/.test(digits) || !/\d/.test(digits)) return null
  const point = decimalPoint(digits, decimal)
  const [whole = '', decimals = '', ...more] = point === null ? [digits] : digits.split(point)
  if (more.length > 0 || /[.,]/.test(decimals)) return null
  const groups = whole.split(/[.,]/)
  if (groups.length > 1 && !groups.slice(1).every((group) => group.length === 3)) return null
  const plain = `${groups.join('').replace(/^0+(?=\d)/, '') || '0'}${decimals === '' ? '' : `.${decimals}`}`
  return negative && /[1-9]/.test(plain) ? `-${plain}` : plain
}

/** The sign before the decimals; null where there are none. */
function decimalPoint(digits: string, decimal: ',' | '.'): ',' | '.' | null {
  const [comma, dot] = [digits.lastIndexOf(','), digits.lastIndexOf('.')]
  if (comma < 0 && dot < 0) return null
  if (comma >= 0 && dot >= 0) return comma > dot ? ',' : '.'
  const sign = comma >= 0 ? ',' : '.'
  if (digits.indexOf(sign) !== digits.lastIndexOf(sign)) return null
  // 1.234 can be either: then what the file's other numbers say counts
  if (/^\d{1,3}[.,]\d{3}$/.test(digits)) return sign === decimal ? sign : null
  return sign
}

/** An amount in minor units; more decimals than the currency has are refused unless they are zeros. Null for anything else. */
export function readMoney(text: string, decimal: ',' | '.', digits: number): number | null {
  const bare = text.replace(/\p{Sc}|\b[A-Za-z]{3}\b|Fr\.|\.?[-–—]{1,2}$/gu, '').trim()
  const number = readDecimal(bare, decimal)
  if (number === null) return null
  const [whole = '0', decimals = ''] = number.replace('-', '').split('.')
  if (/[1-9]/.test(decimals.slice(digits))) return null
  const amount = Number(`${whole}${decimals.slice(0, digits).padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(amount)) return null
  return number.startsWith('-') ? -amount : amount
}

/** A length in minutes: 75, 75 min, 1:15, 1 h 15; at most 65,535. */
export function readMinutes(text: string): number | null {
  const plain = text.trim().toLowerCase()
  const [, hours, minutes] =
    /^(\d{1,3})\s*(?:h|hours?|std\.?|stunden?|heures?|ore|ora)\s*(\d{1,2})?\s*(?:m|min\.?|minuten?|minutes?|minuti)?$/.exec(
      plain,
    ) ??
    /^(\d{1,3}):(\d\d)(?::00)?$/.exec(plain) ??
    []
  const found =
    hours === undefined
      ? /^(\d{1,5})(?:[.,]0+)?\s*(?:m|min\.?|mins|minuten?|minutes?|minuti|')?$/.exec(plain)?.[1]
      : String(Number(hours) * 60 + Number(minutes ?? 0))
  return found === undefined || Number(found) > 65_535 ? null : Number(found)
}
