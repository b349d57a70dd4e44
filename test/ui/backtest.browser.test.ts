import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { runBacktest } from '../../domain/backtests/runBacktest.ts'
import { execute, rows } from '../../domain/database.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { until } from '../support/until.ts'

const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()
const RECENT = { fact: 'last_booking', is: 'within_last', value: { days: 7 } }

let pages: TestPages
let page: Page
let segment: string

/** Twenty customers who come again and again; two of them will come soon. */
beforeAll(async () => {
  pages = await servePages()
  const { api, database } = pages
  const customers = Array.from({ length: 20 }, (_, index) => ({
    id: `c${index}`,
    first_name: `Name${index}`,
    last_name: 'Sample',
  }))
  const bookings = customers.flatMap(({ id }, index) =>
    Array.from({ length: 6 }, (_, time) => ({
      id: `b${index}-${time}`,
      customer: id,
      starts_at: ago(index * 1.3 + time * 17 - (index < 2 ? 3 : 0)),
      state: index < 2 && time === 0 ? 'booked' : 'attended',
    })),
  )
  await api.call('post', '/ingest', { customers, bookings })
  await refreshSegments(database.db, new Date())
  segment = (await api.call<{ id: string }>('post', '/segments', { name: 'Recent', rule: RECENT })).body.id
  await recomputeSegment(database.db, segment, new Date())
}, 180_000)
afterAll(async () => {
  await pages?.close()
})

beforeEach(async () => {
  await execute(pages.database.db, 'DELETE FROM backtests')
  page = await pages.visit()
  page.context().setDefaultTimeout(20_000)
}, 60_000)

/** The id of the backtest that was asked for last. */
async function newest(): Promise<number> {
  const find = () =>
    rows<{ id: number }>(pages.database.db, "SELECT id FROM backtests WHERE kind = 'backtest' AND state = 'running'")
  await until(async () => (await find()).length > 0)
  return (await find()).at(-1)?.id ?? 0
}

const openRule = () => page.goto(`${pages.api.url}/segments/${segment}/rule`)

test('a rule over the last 90 days: a bar while it is played, the days, who it was and why', async () => {
  await openRule()
  await page.getByRole('button', { name: 'If it had run for 90 days' }).click()
  const drawer = page.getByRole('dialog', { name: 'If it had run for 90 days' })
  await drawer.getByRole('progressbar').waitFor({ state: 'attached' })
  await runBacktest(pages.database.db, await newest(), () => new Date())
  await drawer.getByText(/In 90 days .* would have entered/).waitFor()
  const slider = drawer.getByRole('slider', { name: 'Day' })
  await slider.focus()
  for (let day = 0; day < 4; day += 1) await page.keyboard.press('ArrowRight')
  expect(await slider.getAttribute('aria-valuetext')).toMatch(/members/i)
  await drawer.getByText('As a table').click()
  const busy = drawer.getByRole('row').filter({ hasText: '+1' }).first()
  await busy.getByRole('button').click()
  const entered = drawer.getByRole('region', { name: 'Would have entered' })
  await entered
    .getByRole('link', { name: /Name\d+ Sample/ })
    .first()
    .waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await entered
    .getByRole('button', { name: /^Why Name\d+ Sample on that day/ })
    .first()
    .click()
  const why = page.getByRole('dialog', { name: /Sample/ })
  await why.getByText(/from what was known on/).waitFor()
}, 120_000)

test('one that is stopped says how far it came and can be played again', async () => {
  await openRule()
  await page.getByRole('button', { name: 'If it had run for 90 days' }).click()
  const drawer = page.getByRole('dialog', { name: 'If it had run for 90 days' })
  await drawer.getByRole('button', { name: 'Stop' }).click()
  await drawer.getByText('Stopped. No day is done.').waitFor()
  await drawer.getByRole('button', { name: 'Play it again' }).click()
  await runBacktest(pages.database.db, await newest(), () => new Date())
  await drawer.getByText(/In 90 days/).waitFor()
}, 120_000)

test('who enters and leaves in the next 14 days, and when', async () => {
  await openRule()
  await page.getByText(/will enter and .* will leave in the next 14 days/).waitFor()
  await page.getByRole('button', { name: 'Who and when' }).click()
  const drawer = page.getByRole('dialog', { name: 'The next 14 days' })
  const list = drawer.getByRole('region', { name: 'Who and when' })
  await list.getByText('Name0 Sample').first().waitFor()
  expect(await list.getByText('enters').count()).toBeGreaterThan(0)
  expect(await list.getByText('leaves').count()).toBeGreaterThan(0)
  expect(await seriousFaults(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 800 })
}, 120_000)
