import { csvLine } from '../csv/csvLine.ts'
import type { ExportLanguage } from '../csv/exportLanguage.ts'
import { localTime } from '../csv/localTime.ts'
import { tagsOf } from '../customers/tagsOf.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { attributeNames } from '../segments/attributeNames.ts'
import { readSettings } from '../settings/readSettings.ts'
import { EXPORTS, type ExportColumn, type ExportKindName } from './kinds.ts'
import { COLUMN_WORDS, YES_NO } from './words.ts'

/** So many keys are read at a time, whatever the length of the file. */
const PAGE = 1_000

type Cell = string | number | null

/**
 * Everything of a kind as CSV, piece by piece, no more than a page held: the titles in a language that an import
 * recognises, days and times in the business's time zone, money in whole units of its currency. What arrives meanwhile may be in
 * it or not.
 *
 * @param own our id of the provider whose things alone are meant; null for all
 * @param customer our id of the one customer who is meant; null for all
 */
export async function* exportCsv(
  db: Database,
  kind: ExportKindName,
  { own, language, customer = null }: { own: number | null; language: ExportLanguage; customer?: number | null },
): AsyncGenerator<string> {
  const { timeZone, currency } = await readSettings(db)
  const { columns } = EXPORTS[kind]
  const isCustomers = kind === 'customers'
  const attributes = isCustomers ? await attributeNames(db, own) : []
  const words = COLUMN_WORDS[language]
  const behind = ({ type }: ExportColumn) =>
    type === 'money' ? ` (${currency})` : type === 'instant' ? ` (${timeZone})` : ''
  const cellOf = cellsIn(language, timeZone, currency)
  let piece = csvLine([
    ...columns.map((column) => `${words[column.name]}${behind(column)}`),
    ...(isCustomers ? [words.tags, ...attributes] : []),
  ])
  for await (const page of pagesOf(db, kind, own, customer)) {
    const tags = isCustomers
      ? await tagsOf(
          db,
          page.map(({ key }) => key),
        )
      : new Map<number, string[]>()
    for (const row of page) {
      const cells = columns.map((column, place) => cellOf(column, row[`c${place}`] ?? null))
      if (isCustomers) {
        const own = fromJson<Record<string, string | number | boolean>>(row.attributes as string | null) ?? {}
        cells.push((tags.get(row.key) ?? []).join(', '), ...attributes.map((name) => asCell(own[name], language)))
      }
      piece += csvLine(cells)
    }
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}

type Row = { key: number; attributes?: string | null } & Record<`c${number}`, string | number | Date | null>

async function* pagesOf(
  db: Database,
  kind: ExportKindName,
  own: number | null,
  customer: number | null,
): AsyncGenerator<Row[]> {
  const { columns, from, where, key, by, own: ownSql } = EXPORTS[kind]
  const selected = columns.map(({ sql }, place) => `${sql} AS c${place}`).join(', ')
  const attributes = kind === 'customers' ? ', t.attributes' : ''
  const isOwn = own === null ? '' : `AND ${ownSql}`
  if (customer !== null) {
    // who is meant: the ledger's lines name whom they were written of, and the joined row who that is now
    const whose = kind === 'customers' ? 't.id' : kind === 'ledger' ? 'c.id' : 't.customer_id'
    const sql = `SELECT ${key} AS \`key\`, ${selected}${attributes} FROM ${from} WHERE ${whose} = ? AND ${where} ORDER BY ${key}`
    yield await rows<Row>(db, sql, [customer])
    return
  }
  for (let after = 0; ; ) {
    const [last] = await rows<{ id: number | null; count: number }>(
      db,
      `SELECT MAX(x.id) AS id, COUNT(*) AS count FROM (SELECT id FROM ${by} WHERE id > ? ORDER BY id LIMIT ${PAGE}) x`,
      [after],
    )
    if (last === undefined || last.id === null) return
    yield await rows<Row>(
      db,
      `SELECT ${key} AS \`key\`, ${selected}${attributes} FROM ${from}
       WHERE ${key} > ? AND ${key} <= ? AND ${where} ${isOwn} ORDER BY ${key}`,
      [after, last.id, ...(own === null ? [] : [own])],
    )
    if (last.count < PAGE) return
    after = last.id
  }
}

function cellsIn(language: ExportLanguage, timeZone: string, currency: string) {
  const local = localTime(timeZone)
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  return ({ type }: ExportColumn, value: string | number | Date | null): Cell => {
    if (value === null) return null
    if (value instanceof Date) return local(value)
    if (type === 'yes_no') return YES_NO[language][Number(value) === 1 ? 'yes' : 'no']
    if (type === 'money') return Number((Number(value) / 10 ** digits).toFixed(digits))
    return value
  }
}

const asCell = (value: string | number | boolean | undefined, language: ExportLanguage): Cell =>
  value === undefined ? null : typeof value === 'boolean' ? YES_NO[language][value ? 'yes' : 'no'] : value
