/** What begins like this is a formula for a spreadsheet, also in the wide forms of some keyboards. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/u

/**
 * One line of a CSV file as RFC 4180 has it, with its line end. What a spreadsheet would take for a formula gets an
 * apostrophe before it: it is text that somebody else may have typed. Numbers are our own and stay as they are.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** By this spreadsheets know that a file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'
