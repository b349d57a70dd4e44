import { dayOf } from '../../rules/time.ts'
import { type Database, execute } from '../database.ts'
import { Problem } from '../errors.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { ImportKind } from './fields.ts'
import { detectCsv, formatOf } from './file/detect.ts'
import { fileRows, firstRows, spreadsheetOf } from './file/fileRows.ts'
import { bytesOf, partsOf, placesOf } from './fileParts.ts'
import { guessChoices, guessMapping, hasTitles, letters } from './guess.ts'
import { DEFAULT_CHOICES, type FileRow, type Import, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, type Reading } from './import.ts'
import { requireImport } from './readImports.ts'

/** So many rows are looked at to find out what a file has. */
const LOOKED_AT = 500
const HOUR = 3_600_000

/**
 * Begins an upload; its parts follow by `keepPart`.
 *
 * @param size of the whole file in bytes
 * @throws Problem 'invalid' for an empty file, 'too_large' for one that is
 */
export async function createImport(
  db: Database,
  { kind, name, size }: { kind: ImportKind; name: string; size: number },
  by: string,
  now: Date,
): Promise<number> {
  if (size === 0) throw new Problem('invalid', 'The file is empty.', [{ path: '/size', message: 'The file is empty' }])
  if (size > MAX_BYTES) {
    const message = `A file may have ${MAX_BYTES / 1_048_576} MB: divide it into several`
    throw new Problem('too_large', message, [{ path: '/size', message }])
  }
  return db.transaction(async (trx) => {
    // uploads that nobody finished
    await execute(trx, "DELETE FROM imports WHERE state = 'uploading' AND created_at < ?", [
      new Date(now.getTime() - 24 * HOUR),
    ])
    const [id = 0] = await trx('imports').insert({
      kind,
      state: 'uploading',
      file_name: name.slice(0, 255),
      size,
      created_by: by.slice(0, 320),
      created_at: now,
    })
    return id
  })
}

/**
 * Looks at a file whose parts are all here: what it is, how it is read, what its columns probably are, how many rows it has.
 *
 * @throws Problem 'conflict' when a part is missing; 'invalid' when it is no table, or damaged; 'too_large'
 */
export async function completeUpload(db: Database, id: number, now: Date): Promise<Import> {
  const file = await requireImport(db, id)
  if (file.state !== 'uploading') return file
  const [places, parts] = [await placesOf(db, id), partsOf(file.size)]
  if (places.length !== parts) {
    const missing = Array.from({ length: parts }, (_, place) => place).filter((place) => !places.includes(place))
    throw new Problem('conflict', `Parts of the file are missing: ${missing.slice(0, 20).join(', ')}.`, [], { missing })
  }
  const reading = await detect(db, file)
  await lookInto(db, file, reading, now, { isNew: true })
  return requireImport(db, id)
}

async function detect(db: Database, file: Import): Promise<Reading> {
  const [start] = await firstOf(bytesOf(db, file))
  if (start === undefined || formatOf(start) === null) return detectCsv(() => bytesOf(db, file))
  const { sheets, rows } = await spreadsheetOf(db, file)
  // the first sheet that has a table: some begin with a cover
  let sheet = sheets[0] ?? null
  for (const name of sheets.slice(0, 5)) {
    if ((await firstRows(rows(name), 5)).filter(({ cells }) => cells.filter(Boolean).length > 1).length < 2) continue
    sheet = name
    break
  }
  return { format: 'xlsx', encoding: 'utf-8', separator: ',', sheets, sheet, titles: true }
}

async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  for await (const item of items) return [item]
  return []
}

/**
 * Reads a file to its end, once: counts its rows and guesses its columns anew.
 *
 * @throws Problem 'invalid' when it is damaged or has no rows, 'too_large' when it has too many
 */
export async function lookInto(
  db: Database,
  file: Import,
  reading: Reading,
  now: Date,
  { isNew }: { isNew: boolean },
): Promise<void> {
  const refuse = (code: 'invalid' | 'too_large', message: string) =>
    new Problem(code, message, [{ path: '/name', message }])
  const sample: FileRow[] = []
  let count = 0
  let columns = 0
  for await (const row of fileRows(db, file, { ...reading, titles: false })) {
    count++
    if (sample.length < LOOKED_AT) sample.push(row)
    if (sample.length < LOOKED_AT) columns = Math.max(columns, lengthOf(row))
    if (count > MAX_ROWS + 1) throw refuse('too_large', `A file may have ${MAX_ROWS.toLocaleString('en')} rows`)
  }
  const { timeZone } = await readSettings(db)
  const titled = isNew ? hasTitles(file.kind, sample, dayOf(now, timeZone)) : reading.titles
  const [first] = sample
  const titles = Array.from({ length: Math.min(columns, MAX_COLUMNS) }, (_, column) => {
    const title = titled ? first?.cells[column]?.trim() : undefined
    return title?.slice(0, 200) || letters(column)
  })
  const looked = titled ? sample.slice(1) : sample
  const total = titled ? count - 1 : count
  if (total < 1) throw refuse('invalid', 'The file has no rows')
  const named = titled ? titles : titles.map(() => '')
  const choices = { ...DEFAULT_CHOICES, ...guessChoices({ titles, separator: reading.separator }, looked) }
  await execute(
    db,
    `UPDATE imports SET state = 'ready', reading = ?, columns_found = ?, mapping = ?, choices = ?, total = ?
     WHERE id = ? AND state IN ('uploading', 'ready')`,
    [
      JSON.stringify({ ...reading, titles: titled }),
      JSON.stringify(titles),
      JSON.stringify(guessMapping(file.kind, named, looked)),
      JSON.stringify(isNew ? choices : { ...file.choices, dates: choices.dates, decimal: choices.decimal }),
      total,
      file.id,
    ],
  )
}

/** Without the empty cells at the end, which are a format. */
function lengthOf({ cells }: FileRow): number {
  let length = cells.length
  while (length > 0 && (cells[length - 1] ?? '').trim() === '') length--
  return length
}
