import { Parser } from 'htmlparser2'
import { Problem } from '../../errors.ts'
import { type FileRow, MAX_CELL, MAX_COLUMNS } from '../import.ts'
import { entryText, openArchive, streamEntry } from './archive.ts'
import { cellOf, type Styles } from './xlsxCell.ts'

/** Texts that cells share: so many characters in all. */
const MAX_SHARED = 80_000_000

const broken = (message: string) => new Problem('invalid', message, [{ path: '/name', message }])

/** A spreadsheet that was opened: the names of its sheets, and the rows of one. */
export type Spreadsheet = { sheets: string[]; rows(sheet: string | null): AsyncGenerator<FileRow> }

/** A name without the prefix of its namespace. */
const local = (name: string) => name.slice(name.indexOf(':') + 1)

/** An attribute, whatever the prefix of its namespace. */
const attribute = (attributes: Record<string, string>, name: string) =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => local(key) === name)?.[1]

/** All elements of a small part with their attributes. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = []
  const parser = new Parser(
    { onopentag: (name, attributes) => found.push({ name: local(name), attributes }) },
    { xmlMode: true },
  )
  parser.end(xml)
  return found
}

/**
 * Opens an .xlsx file. Nothing in it is computed: of formulas there is what their program saved as the result. What it
 * unpacks to is limited before and while it is unpacked.
 *
 * @throws Problem 'invalid' for what is no spreadsheet, or unpacks to more than is allowed
 */
export async function openSpreadsheet(bytes: Buffer): Promise<Spreadsheet> {
  const archive = await openArchive(bytes)
  const workbook = await entryText(archive, 'xl/workbook.xml')
  const relations = await entryText(archive, 'xl/_rels/workbook.xml.rels')
  if (workbook === null || relations === null)
    throw broken('This is an archive, but no .xlsx spreadsheet: save the table as .xlsx or CSV')
  const targets = new Map(
    elementsOf(relations).flatMap(({ name, attributes: { Id, Target, Type = '' } }) =>
      name === 'Relationship' && Id !== undefined && Target !== undefined ? [[Id, { Target, Type }] as const] : [],
    ),
  )
  const elements = elementsOf(workbook)
  const pathOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  const sheets = elements.flatMap(({ name, attributes }) => {
    const path = name === 'sheet' ? targets.get(attribute(attributes, 'id') ?? '') : undefined
    const isShown = attributes.state === undefined || attributes.state === 'visible'
    return path !== undefined && isShown && /\/worksheet$/.test(path.Type)
      ? [{ name: attributes.name ?? '', path: pathOf(path.Target) }]
      : []
  })
  if (sheets.length === 0) throw broken('The spreadsheet has no sheet that is shown')
  const is1904 = elements.some(
    ({ name, attributes }) => name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? ''),
  )
  const partOf = (type: string) => [...targets.values()].find(({ Type }) => Type.endsWith(`/${type}`))?.Target
  const [shared, styled] = [partOf('sharedStrings'), partOf('styles')]
  return {
    sheets: sheets.map(({ name }) => name),
    rows: async function* (sheet) {
      const path = (sheets.find(({ name }) => name === sheet) ?? sheets[0])?.path ?? ''
      const styles = { ...stylesOf((styled && (await entryText(archive, pathOf(styled)))) || ''), is1904 }
      const texts = shared === undefined ? [] : await sharedTexts(streamEntry(archive, pathOf(shared)))
      yield* sheetRows(streamEntry(archive, path), texts, styles)
    },
  }
}

/** Which styles show a number as a date, by their place. */
function stylesOf(xml: string): Omit<Styles, 'is1904'> {
  const formats = new Map<number, string>()
  const styles: number[] = []
  let inCells = false
  const parser = new Parser(
    {
      onopentag: (qualified, attributes) => {
        const name = local(qualified)
        if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
        if (name === 'cellXfs') inCells = true
        if (name === 'xf' && inCells) styles.push(Number(attributes.numFmtId ?? 0))
      },
      onclosetag: (qualified) => {
        if (local(qualified) === 'cellXfs') inCells = false
      },
    },
    { xmlMode: true },
  )
  parser.end(xml)
  return { formatOf: (style) => ({ id: styles[style] ?? 0, code: formats.get(styles[style] ?? 0) ?? null }) }
}

async function sharedTexts(chunks: AsyncIterable<string>): Promise<string[]> {
  const texts: string[] = []
  let text = ''
  let characters = 0
  let isText = false
  let phonetic = 0
  const parser = new Parser(
    {
      onopentag: (qualified) => {
        const name = local(qualified)
        if (name === 'si') text = ''
        if (name === 'rPh') phonetic++
        if (name === 't') isText = phonetic === 0
      },
      ontext: (piece) => {
        if (isText && text.length <= MAX_CELL) text += piece
      },
      onclosetag: (qualified) => {
        const name = local(qualified)
        if (name === 't') isText = false
        if (name === 'rPh') phonetic--
        if (name !== 'si') return
        characters += text.length
        texts.push(text)
      },
    },
    { xmlMode: true },
  )
  for await (const chunk of chunks) {
    parser.write(chunk)
    if (characters > MAX_SHARED || texts.length > 20_000_000)
      throw broken('The spreadsheet has more text than is allowed')
  }
  parser.end()
  return texts
}

/** The column of a cell by its reference, counted from 0: `AB12` is 27. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const place = letter.charCodeAt(0) - 64
    if (place < 1 || place > 26) break
    column = column * 26 + place
  }
  return column - 1
}

async function* sheetRows(
  chunks: AsyncIterable<string>,
  texts: readonly string[],
  styles: Styles,
): AsyncGenerator<FileRow> {
  let ready: FileRow[] = []
  let row: FileRow | null = null
  let number = 0
  let column = -1
  let cell: { type: string; style: number; hasFormula: boolean } | null = null
  let value = ''
  let taking = false
  const parser = new Parser(
    {
      onopentag: (qualified, attributes) => {
        const name = local(qualified)
        if (name === 'row') {
          number = /^\d{1,8}$/.test(attributes.r ?? '') ? Number(attributes.r) : number + 1
          row = { number, cells: [] }
          column = -1
        } else if (name === 'c') {
          column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
          cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), hasFormula: false }
          value = ''
        } else if (name === 'f' && cell !== null) cell.hasFormula = true
        else if (name === 'v' || name === 't') taking = cell !== null
      },
      ontext: (piece) => {
        if (taking && value.length <= MAX_CELL) value += piece
      },
      onclosetag: (qualified) => {
        const name = local(qualified)
        if (name === 'v' || name === 't') taking = false
        else if (name === 'c' && row !== null && cell !== null) {
          const text = cellOf(cell, value, texts, styles)
          // what is empty far to the right is a format, no content
          if (text !== '' && column >= MAX_COLUMNS) throw broken(`A file may have ${MAX_COLUMNS} columns`)
          if (text !== '' && column >= 0) {
            while (row.cells.length < column) row.cells.push('')
            row.cells[column] = text
          }
          cell = null
        } else if (name === 'row' && row !== null) {
          ready.push(row)
          row = null
        }
      },
    },
    { xmlMode: true },
  )
  for await (const chunk of chunks) {
    parser.write(chunk)
    const rows = ready
    ready = []
    yield* rows
  }
  parser.end()
  yield* ready
}
