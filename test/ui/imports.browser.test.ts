import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { rows } from '../../domain/database.ts'
import { eraseCustomer } from '../../domain/erasure/eraseCustomer.ts'
import { runImport } from '../../domain/imports/runImport.ts'
import { removePast } from '../../domain/retention/removePast.ts'
import { finishRun, kindsOfRun } from '../../domain/retention/runs.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'

let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
}, 180_000)
afterAll(() => pages?.close())

const TABLE = `Kundennr;Vorname;Name;E-Mail;Geburtsdatum;Lieblingsfarbe
1001;Zoë;Müller;zoe@mail.test;29.02.1984;grün
1002;Luca;Rossi;luca.mail.test;15.1.1975;blau
`

test('a file is dropped, its columns are put right, it is taken in, and the refused row comes back', async () => {
  page = await pages.visit('/imports')
  await page.getByText('No file has been imported').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'kunden.csv', { type: 'text/csv' }))
    return data
  }, TABLE)
  await page.getByTestId('drop').dispatchEvent('drop', { dataTransfer: dropped })

  await page.getByRole('heading', { name: 'kunden.csv' }).waitFor()
  const storedAs = (column: string) => page.getByLabel(`What column ${column} is stored as`, { exact: true })
  expect(await storedAs('Name').inputValue()).toBe('last_name')
  await page.getByText('1 row of the first 2 would be refused.').waitFor()
  await page.getByText('“luca.mail.test” is no email address').waitFor()
  await storedAs('Lieblingsfarbe').selectOption('An attribute of our own …')
  const name = page.getByLabel('Name of the attribute from column Lieblingsfarbe')
  await name.fill('colour')
  await name.press('Enter')
  await page.getByRole('columnheader', { name: 'colour' }).waitFor()
  await page.getByRole('cell', { name: 'Feb 29, 1984' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])

  // without an identifier and an address nobody would be known
  await storedAs('Kundennr').selectOption('— left out —')
  await storedAs('E-Mail').selectOption('— left out —')
  await page.getByText('A column is still needed').waitFor()
  expect(await page.getByRole('button', { name: 'Import 2 rows' }).isDisabled()).toBe(true)
  await storedAs('Kundennr').selectOption('Identifier')
  await storedAs('E-Mail').selectOption('Email')
  await page.getByText('1 row of the first 2 would be refused.').waitFor()

  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await page.getByText('Nobody is written to because of it.').waitFor()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByRole('button', { name: 'Cancel the import' }).waitFor()
  await runImport(pages.database.db, 1, () => new Date())
  await page.getByRole('link', { name: 'Download the refused rows' }).waitFor()
  await page.getByText('“luca.mail.test” is no email address').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  const download = page.waitForEvent('download')
  await page.getByText('Download the refused rows').click()
  const file = await readFile(await (await download).path(), 'utf8')
  expect(file).toContain('1002,Luca,Rossi,luca.mail.test,15.1.1975,blau,3,')
  const stored = await rows(pages.database.db, 'SELECT external_id AS id, attributes FROM customers')
  expect(stored).toEqual([{ id: '1001', attributes: '{"colour":"grün"}' }])

  await page.getByRole('button', { name: 'Remove the file' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the file' }).click()
  await page.getByText('The file is no longer kept.').waitFor()
})

test('everything can be taken out, and somebody is erased once their name has been typed', async () => {
  page = await pages.visit('/exports')
  await page.getByRole('link', { name: 'Download Customers as CSV' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.goto(`${pages.api.url}/settings/data-protection`)
  await page.getByText('Nobody has been erased').waitFor()
  await page.getByLabel('Customer: Beginning of a name').fill('Zo')
  await page.getByRole('button', { name: 'Zoë Müller · zoe@mail.test' }).click()
  await page.getByRole('link', { name: 'Download all data' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Erase …' }).click()
  const now = page.getByRole('button', { name: 'Erase for good' })
  await page.getByLabel('Type the name to confirm').fill('Zoe Müller')
  expect(await now.isDisabled()).toBe(true)
  await page.getByLabel('Type the name to confirm').fill('Zoë Müller')
  expect(await seriousFaults(page)).toEqual([])
  await now.click()
  await page.getByText('0 % done').waitFor()
  await eraseCustomer(pages.database.db, 1, () => new Date())
  await page.getByText('erased', { exact: true }).waitFor()
  await page.getByRole('cell', { name: '1001' }).waitFor()
  expect(await rows(pages.database.db, 'SELECT email, first_name FROM customers')).toEqual([
    { email: null, first_name: null },
  ])
})

test('how long customers are kept is said by keyboard, having seen who goes; then the night’s work is done and listed', async () => {
  const { db } = pages.database
  const longAgo = new Date('2020-01-01T00:00:00Z')
  const cells = { known: true, created_at: longAgo, updated_at: longAgo }
  await db('customers').insert({ ...cells, external_id: 'gone', first_name: 'Ada', last_name: 'Long-Gone' })
  await page.reload()
  const ends = page.getByRole('switch', { name: 'Customers nobody hears of: goes after a time' })
  await ends.focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  const months = page.getByRole('textbox', { name: 'Customers nobody hears of: kept for' })
  expect(await months.evaluate((field) => field === document.activeElement)).toBe(true)
  await months.fill('5')
  await page.getByText('A whole number from 6 to 240').waitFor()
  expect(await page.getByRole('button', { name: 'Look first, then save …' }).isDisabled()).toBe(true)
  await months.fill('12')
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 customer erased for good').waitFor()
  await dialog.getByRole('link', { name: 'Ada Long-Gone' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('It is saved.').waitFor()
  await page.getByText('Nothing was removed yet').waitFor()

  await page.getByRole('button', { name: 'Remove now …' }).press('Enter')
  await dialog.getByText('1 customer erased for good').waitFor()
  await dialog.getByRole('button', { name: 'Remove now' }).press('Enter')
  await page.getByText('at work').waitFor()
  for (const kind of await kindsOfRun(db, 1)) await removePast(db, 1, kind, () => new Date())
  await finishRun(db, 1, new Date())
  await page.getByRole('cell', { name: '1 customer erased for good' }).waitFor()
  await page.getByRole('cell', { name: 'gone', exact: true }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
})
