import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { Problem } from '../../errors.ts'
import { type FileRow, MAX_CELL, MAX_COLUMNS, type Reading } from '../import.ts'
import { textOf } from './detect.ts'

/**
 * The rows of a CSV file one after the other, those without anything in them, too: their numbers are a spreadsheet's.
 *
 * @throws Problem 'invalid' where a quotation mark is never closed, or a row is longer than any
 */
export async function* csvRows(
  bytes: AsyncIterable<Buffer>,
  { encoding, separator }: Pick<Reading, 'encoding' | 'separator'>,
): AsyncGenerator<FileRow> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_CELL * MAX_COLUMNS,
    skip_empty_lines: false,
  })
  const source = Readable.from(textOf(bytes, encoding), { highWaterMark: 1 })
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number++
      // a line for Excel alone
      if (number === 1 && cells.length <= 2 && /^sep=/i.test(cells[0] ?? '')) continue
      yield { number, cells }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const message =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'A quotation mark is opened and never closed'
        : `The table is damaged after row ${number}: ${error.code}`
    throw new Problem('invalid', message, [{ path: '/name', message }])
  } finally {
    source.destroy()
  }
}
