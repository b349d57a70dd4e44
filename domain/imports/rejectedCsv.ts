import { csvLine } from '../csv/csvLine.ts'
import type { Database } from '../database.ts'
import { listProblems } from './preview.ts'
import { requireImport } from './readImports.ts'
import { PROBLEM_COLUMNS, type Reason, type ReasonLanguage, reasonSentence } from './reasons.ts'

const PAGE = 1_000

/** Reasons as one text: each with the column that it is about. */
export function reasonsText(reasons: readonly Reason[], columns: readonly string[], language: ReasonLanguage): string {
  return reasons
    .map((reason) => {
      const sentence = reasonSentence(reason, language)
      return reason.column === null ? sentence : `${columns[reason.column] ?? ''}: ${sentence}`
    })
    .join('; ')
}

/**
 * The rows that were refused as they stood in the file, with their number and the reason at the end, piece by piece: to be
 * put right in a spreadsheet and taken in again as it is, since columns that are not known are left out.
 *
 * @throws Problem 'not_found' before the first piece
 */
export async function* rejectedCsv(db: Database, id: number, language: ReasonLanguage): AsyncGenerator<string> {
  const { columns } = await requireImport(db, id)
  const words = PROBLEM_COLUMNS[language]
  let piece = csvLine([...columns, words.row, words.reason])
  for (let after = 0; ; ) {
    const rows = await listProblems(db, id, { limit: PAGE, after, stored: false })
    for (const { number, cells, reasons } of rows) {
      const padded = columns.map((_, column) => cells[column] ?? '')
      piece += csvLine([...padded, number, reasonsText(reasons, columns, language)])
    }
    yield piece
    piece = ''
    const last = rows.length === PAGE ? rows.at(-1) : undefined
    if (last === undefined) return
    after = last.number
  }
}
