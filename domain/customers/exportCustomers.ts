import { csvLine } from '../csv/csvLine.ts'
import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { localTime } from '../csv/localTime.ts'
import { type Database, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import { type ExportColumn, exportWords } from './exportWords.ts'
import { allOf } from './filter.ts'
import { type CustomerSearch, LISTED_COLUMNS, type Listed, type ListedRow, listed, searchSql } from './listCustomers.ts'
import type { Sql } from './sql.ts'

/** So many customers are read at a time, whatever the length of the file. */
const PAGE = 1_000

const INSTANTS: readonly string[] = ['last_booking', 'joined']

type Asked = {
  /** All whom it finds; with `customers`, those of them who are named. */
  search: CustomerSearch
  /** The caller's ids. What names nobody is left out. */
  customers?: readonly string[] | undefined
  columns: readonly ExportColumn[]
  language: ExportLanguage
}

/**
 * Customers as CSV, in the order in which they came to us, piece by piece: no more than a page is held. Instants are in the
 * business's time zone, which their headings say. Nothing that somebody typed is a formula for a spreadsheet.
 *
 * @throws Problem 'invalid' when a segment or provider is not there, before the first piece
 */
export async function exportCustomers(
  db: Database,
  { search, customers, columns, language }: Asked,
): Promise<AsyncGenerator<string>> {
  const found = await searchSql(db, search, '/search')
  const { timeZone } = await readSettings(db)
  const words = exportWords(language).columns
  const head = [
    words.id,
    words.name,
    ...columns.map((one) => (INSTANTS.includes(one) ? `${words[one]} (${timeZone})` : words[one])),
  ]
  return lines(db, csvLine(head), parts(db, found, customers), cellsIn(columns, language, timeZone))
}

async function* lines(
  db: Database,
  first: string,
  found: AsyncGenerator<ListedRow[]>,
  toCells: (customer: Listed) => (string | number | null)[],
): AsyncGenerator<string> {
  let head = first
  for await (const part of found) {
    const customers = await listed(db, part)
    yield head + customers.map((customer) => csvLine(toCells(customer))).join('')
    head = ''
  }
  if (head !== '') yield head
}

async function* parts(
  db: Database,
  { from, where }: { from: string; where: Sql },
  customers: readonly string[] | undefined,
): AsyncGenerator<ListedRow[]> {
  const read = (narrowed: Sql) => {
    const { sql, bindings } = allOf([where, narrowed])
    return rows<ListedRow>(
      db,
      `SELECT ${LISTED_COLUMNS} FROM ${from} WHERE ${sql} ORDER BY c.id LIMIT ${PAGE}`,
      bindings,
    )
  }
  if (customers !== undefined) {
    const named = [...new Set(customers)]
    for (let begin = 0; begin < named.length; begin += PAGE) {
      const some = named.slice(begin, begin + PAGE)
      yield await read({ sql: `c.external_id IN (${some.map(() => '?').join(', ')})`, bindings: some })
    }
    return
  }
  let part: ListedRow[] = []
  do {
    part = await read({ sql: 'c.id > ?', bindings: [part.at(-1)?.id ?? 0] })
    yield part
  } while (part.length === PAGE)
}

function cellsIn(
  columns: readonly ExportColumn[],
  language: ExportLanguage,
  timeZone: string,
): (customer: Listed) => (string | number | null)[] {
  const { statuses, genders } = exportWords(language)
  const local = localTime(timeZone)
  const cells: Record<ExportColumn, (customer: Listed) => string | number | null> = {
    email: ({ email }) => email,
    phone: ({ phone }) => phone,
    status: ({ status }) => statuses[status],
    tags: ({ tags }) => tags.join(', '),
    customer_group: (customer) => customer.customer_group,
    aggregator: ({ aggregator }) => aggregator,
    gender: ({ gender }) => (gender === null ? null : genders[gender]),
    language: (customer) => customer.language,
    bookings: ({ bookings }) => bookings,
    last_booking: ({ last_booking_at: at }) => local(at),
    joined: ({ joined_at: at }) => local(at),
  }
  return (customer) => [customer.id, customer.name, ...columns.map((column) => cells[column](customer))]
}
