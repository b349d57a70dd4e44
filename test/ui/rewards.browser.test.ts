import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Database, rows } from '../../domain/database.ts'
import { seriousFaults } from '../support/browser.ts'
import { insertClienteles } from '../support/loyalty.ts'
import { servePages, type TestPages } from '../support/pages.ts'

let pages: TestPages
let db: Database
const today = new Date().toISOString().slice(0, 10)
const later = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
const sooner = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)
const shots = process.env.SHOTS

beforeAll(async () => {
  pages = await servePages()
  db = pages.database.db
  await insertClienteles(db, 6)
  const { call } = pages.api
  await call('put', '/settings', { currency: 'EUR', loyalty_reward: { rate: 0.1, to: 'provider' } })
  const booking = { provider: 'anna', minutes: 60, price: 5000, starts_at: `${today}T12:00:00Z` }
  await call('post', '/ingest', {
    bookings: [
      { id: 'a1', customer: 'c0', ...booking },
      { id: 'a2', customer: 'c2', ...booking, price: 1999 },
      { id: 'a3', customer: 'c2', ...booking, minutes: 20 },
    ],
  })
  const period = { valid_from: today, valid_to: later }
  for (const reward of [
    { provider: 'anna', customer: 'c0', kind: 'voucher', amount: 1500, ...period },
    { provider: 'anna', customer: 'c2', kind: 'voucher', percent: 20, ceiling: 500, ...period, valid_to: sooner },
    { provider: 'anna', customer: 'c2', kind: 'free_minutes', minutes: 45, ...period },
    { provider: 'ben', customer: 'c1', kind: 'voucher', amount: 700, ...period },
  ]) {
    expect((await call('post', '/rewards', reward)).status).toBe(201)
  }
  for (const id of ['a1', 'a2', 'a3']) {
    expect((await call('post', '/redemptions', { booking: id })).status).toBe(201)
  }
  expect((await call('delete', '/redemptions/a1')).status).toBe(204)
}, 240_000)
afterAll(() => pages?.close())

/** For somebody who wants to look at them. */
async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png` })
}

test('what rewards have cost and can cost, which are in which state, and one given by hand and taken back', async () => {
  const page = await pages.visit('/rewards')
  // of the percentage 399, of the free minutes all of the appointment
  await page.getByTestId('rewards-cost').filter({ hasText: '€53.99' }).waitFor()
  // the two vouchers, and 25 minutes of the dearest: 20 of them cost 50 euros
  await page.getByTestId('rewards-most').filter({ hasText: '€84.50' }).waitFor()
  expect(await page.getByTestId(/^reward-\d+$/).count()).toBe(4)
  await page.getByText('25 of 45 minutes left').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await shot(page, 'rewards')

  await page.getByRole('button', { name: /^Used/ }).click()
  await page
    .getByTestId(/^reward-\d+$/)
    .filter({ hasText: '20%' })
    .waitFor()
  await page.waitForFunction(() => document.querySelectorAll('[data-testid^="reward-"]').length === 1)
  expect(new URL(page.url()).searchParams.get('state')).toBe('used')
  await page.getByRole('button', { name: /^Used/ }).click()

  // by keyboard from here on: give one
  await page.getByRole('button', { name: 'Give a reward' }).focus()
  await page.keyboard.press('Enter')
  const dialogue = page.getByRole('dialog')
  await dialogue.getByRole('button', { name: 'Give it' }).click()
  await dialogue.getByText('Choose a customer').waitFor()
  await dialogue.getByText('Choose a provider').waitFor()
  await dialogue.getByText('Say how much').waitFor()
  await dialogue.getByRole('combobox', { name: 'For appointments with' }).click()
  await page.getByRole('option', { name: 'ben name' }).click()
  await dialogue.getByRole('combobox', { name: 'Customer' }).fill('c3')
  await page.getByRole('option', { name: 'First3 Last' }).click()
  await dialogue.getByRole('combobox', { name: 'What they get' }).click()
  await page.getByRole('option', { name: 'Free minutes' }).click()
  await dialogue.getByRole('textbox', { name: 'Minutes' }).fill('15')
  expect(await seriousFaults(page)).toEqual([])
  await shot(page, 'give')
  await page.keyboard.press('Enter')
  await page.getByText('First3 Last has a 15 free minutes').waitFor()
  const row = page.getByTestId(/^reward-\d+$/).filter({ hasText: 'First3 Last' })
  await row.waitFor()
  const [given] = await rows<{ minutes: number; given_by: string; state: string }>(
    db,
    'SELECT minutes, given_by, state FROM rewards ORDER BY id DESC LIMIT 1',
  )
  expect(given).toEqual({ minutes: 15, given_by: 'admin@studio.test', state: 'active' })

  await row.getByRole('button', { name: 'Take back the reward of First3 Last' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
  await row.getByText('Given back').waitFor()
}, 120_000)

test('by mailing, and of one provider', async () => {
  const page = await pages.visit('/rewards?view=campaigns')
  await page.getByRole('link', { name: 'By hand, or by an automation' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'By hand, or by an automation' }).click()
  await page.getByRole('button', { name: 'By hand, or by an automation' }).waitFor()
  await page.getByRole('combobox', { name: 'Provider' }).click()
  await page.getByRole('option', { name: 'ben name' }).click()
  await page.getByTestId('rewards-cost').filter({ hasText: '€0.00' }).waitFor()
  await page.getByRole('button', { name: /^Used/ }).waitFor({ state: 'detached' })
}, 60_000)

test('a provider’s statement by month, with its file', async () => {
  const page = await pages.visit('/rewards?provider=anna')
  await page.getByRole('link', { name: 'Statement' }).click()
  await page.getByTestId('statement-discounts').filter({ hasText: '-€53.99' }).waitFor()
  await page.getByTestId('statement-closing').filter({ hasText: '-€53.99' }).waitFor()
  await page.getByText('Discount, taken back').waitFor()
  expect(await page.getByRole('row').count()).toBe(5)
  expect(await seriousFaults(page)).toEqual([])
  await shot(page, 'statement')
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem').last().click()])
  expect(file.suggestedFilename()).toBe(`statement-anna-${today.slice(0, 7)}.csv`)
  await page.getByRole('combobox', { name: 'Month' }).click()
  await page.getByRole('option', { name: 'All months' }).click()
  await page.getByTestId('statement-opening').waitFor({ state: 'detached' })
  // nothing of a month in which nothing was written
  await page.goto(`${pages.api.url}/statement?provider=anna&month=2020-01`)
  await page.getByText('Nothing in this month').waitFor()
}, 60_000)

test('a customer’s rewards stand in their profile, where another one can be given', async () => {
  const page = await pages.visit('/customers/c2')
  await page.getByRole('tab', { name: 'Rewards' }).click()
  await page.getByText('All rewards of First2 Last').waitFor()
  expect(await page.getByTestId(/^reward-\d+$/).count()).toBe(2)
  expect(await seriousFaults(page)).toEqual([])
  await shot(page, 'customer')
  await page.getByRole('button', { name: 'Give a reward' }).click()
  await page.getByRole('heading', { name: 'Give First2 Last a reward' }).waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${pages.api.url}/customers/c5?tab=rewards`)
  await page.getByText('No rewards').waitFor()
}, 60_000)

test('on a phone, in the dark, and in other languages', async () => {
  for (const [locale, words] of [
    ['de', 'Bisher gekostet'],
    ['fr', 'Coût à ce jour'],
    ['it', 'Costo finora'],
  ] as const) {
    const page = await pages.visit('/segments', {
      ...{ viewport: { width: 390, height: 800 }, colorScheme: 'dark' as const },
    })
    await page.evaluate((language) => localStorage.setItem('language', language), locale)
    await page.goto(`${pages.api.url}/rewards`)
    await page.getByText(words).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide).toBe(false)
    await shot(page, `rewards-${locale}-phone`)
  }
}, 120_000)

test('what can’t be read says so, with a way to try again', async () => {
  const page = await pages.visit('/segments')
  await page.route('**/api/v1/rewards?*', (route) => route.fulfill({ status: 500, body: '{}' }))
  await page.goto(`${pages.api.url}/rewards`)
  await page.getByRole('button', { name: /again/i }).first().waitFor({ timeout: 20_000 })
  await page.unroute('**/api/v1/rewards?*')
  await page.getByRole('button', { name: /again/i }).first().click()
  await page
    .getByTestId(/^reward-\d+$/)
    .first()
    .waitFor()
}, 60_000)
