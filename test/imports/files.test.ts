import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { ZipFile } from 'yazl'
import { csvRows } from '../../domain/imports/file/csvRows.ts'
import { detectCsv, formatOf } from '../../domain/imports/file/detect.ts'
import { openSpreadsheet } from '../../domain/imports/file/xlsxRows.ts'
import { MAX_UNPACKED_BYTES } from '../../domain/imports/import.ts'

/** The bytes in small parts, so that letters and rows are cut anywhere. */
const inParts = (bytes: Buffer, size = 7) =>
  async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }

async function rowsOf(bytes: Buffer, size?: number) {
  const parts = inParts(bytes, size)
  const reading = await detectCsv(inParts(bytes, 64_000))
  const rows: { number: number; cells: string[] }[] = []
  for await (const row of csvRows(parts(), reading)) rows.push(row)
  return { reading, rows, cells: rows.map(({ cells }) => cells) }
}

const TABLE = 'Name;Ort\r\n"Müller; Zoë";Zürich\r\n"zwei\r\nZeilen";"ein ""Wort"""\r\n'
const CELLS = [
  ['Name', 'Ort'],
  ['Müller; Zoë', 'Zürich'],
  ['zwei\r\nZeilen', 'ein "Wort"'],
]

test.each([
  ['utf-8', Buffer.from(TABLE)],
  ['utf-8', Buffer.from(`\uFEFF${TABLE}`)],
  ['windows-1252', Buffer.from(TABLE, 'latin1')],
  ['utf-16le', Buffer.from(`\uFEFF${TABLE}`, 'utf16le')],
  ['utf-16le', Buffer.from(TABLE, 'utf16le')],
  ['utf-16be', Buffer.from(`\uFEFF${TABLE}`, 'utf16le').swap16()],
])('a table in %s is read as it was written, wherever it is cut', async (encoding, bytes) => {
  const { reading, cells } = await rowsOf(bytes)
  expect(reading).toMatchObject({ format: 'csv', encoding, separator: ';' })
  expect(cells).toEqual(CELLS)
})

test.each([
  [',', 'a,b,c\n1,"x;y;z",3\n'],
  ['\t', 'a\tb\n1,5\t2,5\n3,5\t4,5\n'],
  ['|', 'a|b\n1|2\n'],
  [';', 'a;b\n1,50;2,50\n3,50;4,50\n'],
  [',', 'only one column\nsecond row\n'],
  ['|', 'sep=|\r\na|b;c;d\r\n'],
])('the separator %j is found', async (separator, text) => {
  expect((await rowsOf(Buffer.from(text))).reading.separator).toBe(separator)
})

test('rows have the numbers that a spreadsheet shows, empty ones and a line for Excel included', async () => {
  const { rows } = await rowsOf(Buffer.from('sep=,\na,b\n\n1,2\n'))
  expect(rows.filter(({ cells }) => cells.some(Boolean))).toEqual([
    { number: 2, cells: ['a', 'b'] },
    { number: 4, cells: ['1', '2'] },
  ])
})

test('a quotation mark that is never closed is said, and so is what is no table at all', async () => {
  await expect(rowsOf(Buffer.from('a,b\n"1,2\n3,4\n'))).rejects.toThrow('opened and never closed')
  await expect(rowsOf(Buffer.from([1, 0, 0, 2, 0, 3, 0, 0, 0xff, 0xd8]))).rejects.toThrow('neither a text nor')
  expect(() => formatOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toThrow('.xls')
  expect(() => formatOf(Buffer.from('%PDF-1.7'))).toThrow('PDF')
})

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url))

async function sheetOf(bytes: Buffer, sheet: string | null = null) {
  const { sheets, rows } = await openSpreadsheet(bytes)
  const found: { number: number; cells: string[] }[] = []
  for await (const row of rows(sheet)) found.push(row)
  return { sheets, rows: found }
}

test('a spreadsheet: dates by their format, shared and rich text, what is hidden left out, formulas by their result', async () => {
  const { sheets, rows } = await sheetOf(fixture('openpyxl.xlsx'), 'Kundenliste')
  expect(sheets).toEqual(['Cover', 'Kundenliste'])
  expect(rows.filter(({ cells }) => cells.length > 0)).toEqual([
    {
      number: 1,
      cells: ['Kundennr', 'Vorname', 'Nachname', 'E-Mail', 'Geburtsdatum', 'Kunde seit', 'Newsletter', 'Umsatz', 'PLZ'],
    },
    {
      number: 2,
      cells: ['1001', 'Zoë', 'Müller', 'zoe@mail.test', '1984-02-29', '2019-05-03T18:30:00', 'ja', '1234.5', '08001'],
    },
    {
      number: 3,
      cells: ['1002', 'Łukasz', 'O’Neill', 'luk@mail.test', '1900-01-15', '2020-01-02', 'nein', '0.3', '1010'],
    },
    // its program saved no result of the formula, and nothing is computed here
    { number: 5, cells: ['1003', '#VALUE!', 'Ωmega', 'om@mail.test', '', '', 'true', '99'] },
  ])
})

test('a spreadsheet of another program', async () => {
  const { rows } = await sheetOf(fixture('xlsxwriter.xlsx'))
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['Identifiant', 'Prénom', 'Nom', 'Courriel', 'Date de naissance', 'Heure', 'Prix', 'Somme'],
    ['c-1', 'Émilie', 'Durand\nDupont', 'emilie@mail.test', '1990-12-31', '07:05:00', '45.9', '91.8'],
    ['c-2', '', '', 'paul@mail.test', '', 'true', '', '#DIV/0!'],
  ])
})

const WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
const RELATIONS =
  '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'

async function zipped(parts: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(parts)) zip.addBuffer(bytes, name)
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const book = (sheet: Buffer | string, more: Record<string, Buffer> = {}) =>
  zipped({
    'xl/workbook.xml': Buffer.from(WORKBOOK),
    'xl/_rels/workbook.xml.rels': Buffer.from(RELATIONS),
    'xl/worksheets/sheet1.xml': Buffer.from(sheet),
    ...more,
  })

/** Changes what the directory of an archive says of the size of the sheet. */
function saying(bytes: Buffer, size: number): Buffer {
  const lying = Buffer.from(bytes)
  lying.writeUInt32LE(size, lying.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 24)
  return lying
}

test('what unpacks to more than is allowed is not unpacked', async () => {
  const bomb = saying(await book('<worksheet/>'), MAX_UNPACKED_BYTES)
  await expect(sheetOf(bomb)).rejects.toThrow(`more than ${MAX_UNPACKED_BYTES / 1_048_576} MB`)
})

test('an archive that lies about what it holds, a damaged one, and one that is no spreadsheet are refused', async () => {
  const bytes = await book(
    `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(5_000)}</sheetData></worksheet>`,
  )
  await expect(sheetOf(saying(bytes, 100))).rejects.toThrow('damaged')
  await expect(sheetOf(bytes.subarray(0, bytes.length - 40))).rejects.toThrow('damaged')
  await expect(sheetOf(await zipped({ 'content.xml': Buffer.from('<x/>') }))).rejects.toThrow('no .xlsx')
  await expect(
    sheetOf(await book('<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>')),
  ).rejects.toThrow('columns')
})

test('entities of a document type are not looked up, neither inside nor outside', async () => {
  const sheet = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>
    <worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>&a;&b;&amp;</t></is></c></row></sheetData></worksheet>`
  expect((await sheetOf(await book(sheet))).rows[0]?.cells).toEqual(['&a;&b;&'])
})
