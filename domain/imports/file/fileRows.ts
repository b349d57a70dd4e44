import type { Database } from '../../database.ts'
import { Problem } from '../../errors.ts'
import { bytesOf } from '../fileParts.ts'
import { type FileRow, type Import, MAX_COLUMNS, MAX_SHEET_BYTES, type Reading } from '../import.ts'
import { csvRows } from './csvRows.ts'
import { openSpreadsheet, type Spreadsheet } from './xlsxRows.ts'

/** Reads a spreadsheet out of the database and opens it. */
export async function spreadsheetOf(db: Database, file: { id: number; size: number }): Promise<Spreadsheet> {
  if (file.size > MAX_SHEET_BYTES) {
    const message = `A spreadsheet may have ${MAX_SHEET_BYTES / 1_048_576} MB; more fits into CSV`
    throw new Problem('too_large', message, [{ path: '/size', message }])
  }
  const parts: Buffer[] = []
  for await (const part of bytesOf(db, file)) parts.push(part)
  return openSpreadsheet(Buffer.concat(parts))
}

/**
 * The rows of a file with something in them, in their order, without the one that has the titles. The same file always
 * gives the same rows, so whoever was interrupted skips those that are done.
 *
 * @throws Problem 'invalid' when the file is damaged; 'conflict' when it is not kept any more
 */
export async function* fileRows(
  db: Database,
  file: Pick<Import, 'id' | 'size'>,
  reading: Reading,
): AsyncGenerator<FileRow> {
  let isTitle = reading.titles
  for await (const row of allRows(db, file, reading)) {
    if (row.cells.every((cell) => cell.trim() === '')) continue
    if (row.cells.length > MAX_COLUMNS) {
      const cells = row.cells.slice(MAX_COLUMNS)
      const message = `A file may have ${MAX_COLUMNS} columns; row ${row.number} has more`
      if (cells.some((cell) => cell.trim() !== '')) throw new Problem('invalid', message, [{ path: '/name', message }])
      row.cells.length = MAX_COLUMNS
    }
    if (!isTitle) yield row
    isTitle = false
  }
}

async function* allRows(db: Database, file: Pick<Import, 'id' | 'size'>, reading: Reading): AsyncGenerator<FileRow> {
  if (reading.format === 'csv') yield* csvRows(bytesOf(db, file), reading)
  else yield* (await spreadsheetOf(db, file)).rows(reading.sheet)
}

/** The first rows, at most so many. */
export async function firstRows(rows: AsyncIterable<FileRow>, count: number): Promise<FileRow[]> {
  const found: FileRow[] = []
  for await (const row of rows) {
    found.push(row)
    if (found.length >= count) break
  }
  return found
}
