import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { servePages, type TestPages } from '../support/pages.ts'
import { ADMIN } from '../support/signIn.ts'

let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
}, 180_000)
afterAll(() => pages?.close())

/** Opens the sign-in page in a browser of its own. */
async function visit(options: BrowserContextOptions): Promise<void> {
  const context = await pages.browser.newContext({ reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(10_000)
  page = await context.newPage()
  await page.goto(`${pages.api.url}/segments`)
}

async function signInAs(email: string, password: string, submit: string): Promise<void> {
  await page.getByLabel(email, { exact: true }).fill(ADMIN.email)
  await page.getByLabel(password, { exact: true }).fill(ADMIN.password)
  await page.getByRole('button', { name: submit }).click()
}

const spoken = () => page.evaluate(() => document.documentElement.lang)
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

test('The browser’s language is spoken at first; one that is chosen is spoken at once and remembered', async () => {
  await visit({ locale: 'fr-CH' })
  await page.getByRole('button', { name: 'Se connecter' }).waitFor()
  expect(await spoken()).toBe('fr')
  await page.getByLabel('Langue').selectOption('de')
  await signInAs('E-Mail', 'Passwort', 'Anmelden')
  await heading('Segmente')
  expect(await spoken()).toBe('de')

  await page.getByRole('button', { name: /Konto und Darstellung/ }).click()
  await page.getByRole('menuitemradio', { name: 'Italiano' }).click()
  await heading('Segmenti')
  await page.reload()
  await heading('Segmenti')
  expect(await spoken()).toBe('it')
})

test('Where the browser has none of the languages, the business’s is spoken after signing in', async () => {
  await pages.database.db.raw("UPDATE settings SET language = 'de'")
  await visit({ locale: 'pt-BR' })
  await signInAs('Email', 'Password', 'Sign in')
  await heading('Segmente')
  await pages.database.db.raw("UPDATE settings SET language = 'en'")
})

test('A language that cannot be loaded leaves the pages in English', async () => {
  const context = await pages.browser.newContext({ locale: 'de-DE', reducedMotion: 'reduce' })
  page = await context.newPage()
  await page.route(/\/assets\/de-[^/]+\.js$/, (route) => route.abort())
  await page.goto(`${pages.api.url}/segments`)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await spoken()).toBe('en')
})
