import { csvLine } from '../csv/csvLine.ts'
import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { localTime } from '../csv/localTime.ts'
import type { Database } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { COLUMNS, LEDGER_WORDS } from './exportWords.ts'
import { listEntries, type StatementLine } from './readLedger.ts'

/** So many entries are read at a time, whatever the length of the file. */
const PAGE = 1_000

const MONEY: readonly string[] = ['price', 'amount']

/**
 * A provider's ledger, or the statement of a month, as CSV, oldest first, piece by piece. Money is in whole units of the
 * currency, which the headings say; what is at the provider's charge is negative.
 *
 * @param month like `2026-12`; undefined for all of it
 */
export async function* exportLedger(
  db: Database,
  providerId: number,
  month: string | undefined,
  language: ExportLanguage,
): AsyncGenerator<string> {
  const { timeZone, currency } = await readSettings(db)
  const { columns } = LEDGER_WORDS[language]
  const toCells = cellsIn(language, timeZone, unitsOf(currency))
  const behind = (column: string) =>
    MONEY.includes(column) ? ` (${currency})` : column === 'starts' ? ` (${timeZone})` : ''
  let head = csvLine(COLUMNS.map((column) => `${columns[column]}${behind(column)}`))
  let after = 0
  for (;;) {
    const page: StatementLine[] = await listEntries(db, providerId, month, { limit: PAGE, after })
    yield head + page.map((line) => csvLine(toCells(line))).join('')
    head = ''
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? 0
  }
}

/** Minor units as whole ones: 1250 is 12.5 in euros, 1250 in yen. */
function unitsOf(currency: string): (amount: number) => number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return (amount) => Number((amount / 10 ** digits).toFixed(digits))
}

function cellsIn(
  language: ExportLanguage,
  timeZone: string,
  units: (amount: number) => number,
): (line: StatementLine) => (string | number | null)[] {
  const { kinds, reversal } = LEDGER_WORDS[language]
  const local = localTime(timeZone)
  return (line) => [
    line.id,
    line.day,
    line.reverses === null ? kinds[line.kind] : `${kinds[line.kind]}, ${reversal}`,
    line.reverses,
    line.customer.id,
    line.customer.name,
    line.booking,
    local(line.startsAt),
    units(line.price),
    line.rate === null ? null : line.rate / 10_000,
    units(line.amount),
    line.campaign?.name ?? null,
    line.by,
  ]
}
