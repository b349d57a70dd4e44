import { dayOf } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { readSettings } from '../settings/readSettings.ts'
import { fileRows } from './file/fileRows.ts'
import type { Import } from './import.ts'
import { type RowItem, type RowWays, readRow } from './rowItem.ts'
import { minorDigits } from './values/numbers.ts'

/** So many rows are shown, and so many are looked through for problems. */
const SHOWN = 10
const CHECKED = 20_000
const PROBLEMS = 100

export type Preview = {
  /** The first rows as they will be stored. */
  rows: RowItem[]
  /** How many of the first rows were looked through, of those how many would be refused, and stored without a cell. */
  checked: number
  refused: number
  incomplete: number
  /** Of those that were looked through, how many name somebody whom an earlier row named. */
  repeated: number
  /** The first rows with problems. */
  problems: RowItem[]
}

/** How the rows of a file are read. */
export async function waysOf(db: Database, { kind, mapping, choices }: Import, now: Date): Promise<RowWays> {
  const { timeZone, currency } = await readSettings(db)
  const { dates: order, decimal } = choices
  return {
    kind,
    mapping,
    choices,
    order,
    decimal,
    timeZone,
    today: dayOf(now, timeZone),
    digits: minorDigits(currency),
  }
}

/** The first rows of a file as they would be stored, and what is wrong in them. Stores nothing. */
export async function previewImport(db: Database, file: Import, now: Date): Promise<Preview> {
  if (file.reading === null) throw new Problem('conflict', 'The file is not complete yet.')
  const ways = await waysOf(db, file, now)
  const preview: Preview = { rows: [], checked: 0, refused: 0, incomplete: 0, repeated: 0, problems: [] }
  const seen = new Set<string>()
  for await (const row of fileRows(db, file, file.reading)) {
    const item = readRow(row, ways)
    preview.checked++
    if (preview.rows.length < SHOWN) preview.rows.push(item)
    if (item.refused) preview.refused++
    else if (item.reasons.length > 0) preview.incomplete++
    if (item.reasons.length > 0 && preview.problems.length < PROBLEMS) preview.problems.push(item)
    const who = item.values.id ?? (file.kind === 'customers' ? item.values.email : null)
    if (typeof who === 'string') {
      if (seen.has(who.toLowerCase())) preview.repeated++
      seen.add(who.toLowerCase())
    }
    if (preview.checked === CHECKED) break
  }
  return preview
}

export type ProblemRow = { number: number; stored: boolean; cells: string[]; reasons: RowItem['reasons'] }

/** Rows of a file that was taken in which were refused, or stored without a cell; in the order of the file. */
export async function listProblems(
  db: Database,
  id: number,
  { limit, after, stored }: { limit: number; after: number; stored?: boolean | undefined },
): Promise<ProblemRow[]> {
  const found = await rows<{ line_number: number; stored: number; cells: string; reasons: string }>(
    db,
    `SELECT * FROM import_problems WHERE import_id = ? AND line_number > ? ${stored === undefined ? '' : 'AND `stored` = ?'}
     ORDER BY line_number LIMIT ?`,
    [id, after, ...(stored === undefined ? [] : [stored]), limit],
  )
  return found.map((row) => ({
    number: row.line_number,
    stored: row.stored === 1,
    cells: JSON.parse(row.cells) as string[],
    reasons: JSON.parse(row.reasons) as RowItem['reasons'],
  }))
}
