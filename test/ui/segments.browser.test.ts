import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'

const DAY = 86_400_000
const NOW = Date.now()
const ago = (days: number) => new Date(NOW - days * DAY)

/** Ten customers who attended once, 3, 6, … 30 days ago: every other one with Mara, the others with Théo. */
const customers = Array.from({ length: 10 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
}))
const visits = customers.map(({ id }, index) => ({
  id,
  provider: index % 2 === 0 ? 'mara' : 'theo',
  days: 3 * (index + 1),
}))
const bookings = visits.map(({ id, provider, days }) => ({
  id: `b-${id}`,
  customer: id,
  provider,
  state: 'attended',
  starts_at: ago(days).toISOString(),
}))
const reviews = visits.map(({ id, provider, days }) => ({
  id: `r-${id}`,
  customer: id,
  provider,
  rating: 5,
  created_at: ago(days).toISOString(),
}))
const providers = [
  { id: 'mara', name: 'Mara Feldner' },
  { id: 'theo', name: 'Théo Garonnet' },
]
/** Back after 24 days, so no longer slipping away. */
const again = { id: 'again', customer: 'c7', provider: 'theo', state: 'attended', starts_at: ago(1).toISOString() }

let pages: TestPages
let page: Page

const ingest = (body: object) => pages.api.call('post', '/ingest', body)

beforeAll(async () => {
  pages = await servePages()
  const { db } = pages.database
  await ingest({ providers, customers, bookings, reviews })
  // ten days pass: those whose visit was 15 to 24 days ago begin to slip away
  await refreshSegments(db, ago(10))
  await installStandardSegments(db, ago(10))
  for (const days of [10, 8, 6, 4, 2]) await refreshSegments(db, ago(days))
  await ingest({ bookings: [again] })
  await refreshSegments(db, new Date(NOW))
}, 180_000)
afterAll(() => pages?.close())

async function visit(path: string, options: BrowserContextOptions = {}): Promise<void> {
  page = await pages.visit(path, { viewport: { width: 1280, height: 900 }, ...options })
}

beforeEach(() => visit('/segments'), 60_000)

const rows = (name: string) => page.getByRole('table', { name }).locator('tbody tr')
const names = async (table: string) => (await rows(table).getByRole('link').allInnerTexts()).map((text) => text.trim())
const row = (name: string) => rows('Segments').filter({ has: page.getByRole('link', { name, exact: true }) })
const inAddress = (name: string, value: string | null) => page.waitForURL((url) => url.searchParams.get(name) === value)

describe('the overview', () => {
  test('says of each segment how many are in it, how it is recalculated and when, and what it is for', async () => {
    await row('Slipping away').waitFor()
    const [name, members, change, recalculation, last, created] = await row('Slipping away')
      .locator('td')
      .allInnerTexts()
    expect(name).toContain('Has attended before, but nothing within the last 14 days.')
    expect([members, recalculation]).toEqual(['5', 'live'])
    expect(change).toBe('+2')
    expect(last).toMatch(/ago|just now/)
    expect(created).not.toBe('')
    await page.getByRole('rowheader', { name: /For each provider/ }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousFaults(page)).toEqual([])
  })

  test('is sorted by a click on a column, and narrowed by a word', async () => {
    await row('Slipping away').waitFor()
    const head = page.getByRole('columnheader', { name: 'Customers' })
    await head.getByRole('button').click()
    await inAddress('sort', '-members')
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect((await names('Segments'))[0]).toBe('New customers')
    await page.getByRole('searchbox', { name: 'Search segments' }).fill('14 DAYS')
    await inAddress('text', '14 DAYS')
    expect(await names('Segments')).toEqual(['Slipping away'])
    await page.getByRole('searchbox', { name: 'Search segments' }).fill('nothing of the kind')
    await page.getByText('No segment matches').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await row('Slipping away').waitFor()
  })

  test('calls what ships in the reader’s language, and what was renamed as it was renamed', async () => {
    await pages.api.call('patch', '/segments/active-members', { name: 'Our members' })
    await page.evaluate(() => localStorage.setItem('language', 'de'))
    await page.reload()
    await rows('Segmente')
      .filter({ hasText: 'Am Abwandern' })
      .getByText('War schon da, aber nicht in den letzten 14 Tagen.')
      .waitFor()
    expect(await names('Segmente')).toEqual(expect.arrayContaining(['Neue Kunden', 'Our members', 'Treue: neu']))
    await page.getByRole('link', { name: 'Am Abwandern' }).click()
    await page.getByRole('heading', { level: 1, name: 'Am Abwandern' }).waitFor()
    await pages.api.call('patch', '/segments/active-members', { name: 'Active members' })
  })

  test('is found in the search, which says when there are more than it shows', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('textbox').fill('sample')
    await page.getByRole('button', { name: 'Show all 10 customers' }).click()
    await page.waitForURL(/\/customers\?text=sample/)
    await page.getByRole('link', { name: 'Name9 Sample' }).waitFor()
  })
})

describe('a segment that is evaluated for each provider', () => {
  test('lets one choose whose customers are meant, in the overview and on its page, and remembers whom', async () => {
    await row('Loyalty: new').waitFor()
    expect(await row('Loyalty: new').locator('td').nth(1).textContent()).toBe('10')
    await page.getByRole('combobox', { name: 'Provider' }).fill('théo')
    await page.getByRole('option', { name: 'Théo Garonnet' }).click()
    await row('Loyalty: new').locator('td').nth(1).getByText('5', { exact: true }).waitFor()
    await row('Loyalty: new').getByRole('link').click()
    await page.waitForURL(/loyalty-new\?provider=theo/)
    await rows('Members').first().waitFor()
    expect(await names('Members')).toEqual(
      ['Name1', 'Name3', 'Name5', 'Name7', 'Name9'].map((name) => `${name} Sample`),
    )
    await rows('Members').filter({ hasText: 'Name7' }).getByText('2 bookings').waitFor()
    await page.getByRole('button', { name: 'Why is Name7 Sample in this segment?' }).click()
    await page.getByText('Name7 Sample is in “Loyalty: new”').waitFor()
    const decided = await page.getByRole('list', { name: 'Decided by' }).allInnerTexts()
    expect(decided.join('\n')).toMatch(/^Booking .*b-c7.*Review .*5 · r-c7$/s)
    await page.goto(`${pages.api.url}/segments/loyalty-new`)
    await page.getByText('Whose customers?').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })
})

describe('the history of a segment', () => {
  const transitions = async () =>
    (await rows('Who entered and left').allInnerTexts()).map((text) => text.split(/\s*[\n\t]\s*/).filter(Boolean))

  test('says who entered and left, when and why, and is narrowed by direction and cause', async () => {
    await page.goto(`${pages.api.url}/segments/slipping-away/history`)
    await rows('Who entered and left').first().waitFor()
    expect((await transitions()).map(([, name, way, cause]) => [name, way, cause])).toEqual([
      ...[['Name7 Sample', 'left', 'something happened']],
      ...['Name4', 'Name5', 'Name6', 'Name7'].map((name) => [`${name} Sample`, 'entered', 'time passed']),
      ...['Name9', 'Name8'].map((name) => [`${name} Sample`, 'entered', 'first computed']),
    ])
    expect(await seriousFaults(page)).toEqual([])
    await page.getByText('Left 1', { exact: true }).click()
    await inAddress('way', 'left')
    await rows('Who entered and left').nth(1).waitFor({ state: 'detached' })
    expect((await transitions()).map(([, name]) => name)).toEqual(['Name7 Sample'])
    await page.getByText('Entered 6', { exact: true }).click()
    await page.getByRole('button', { name: 'Cause: any' }).click()
    await page.getByRole('checkbox', { name: /first computed 2/ }).check()
    await rows('Who entered and left').nth(2).waitFor({ state: 'detached' })
    expect((await transitions()).map(([, name]) => name)).toEqual(['Name9 Sample', 'Name8 Sample'])
  })

  test('is a picture that goes from day to day by keyboard, with a table behind it', async () => {
    await page.goto(`${pages.api.url}/segments/slipping-away/history`)
    await page.getByRole('img', { name: /6 entered and 1 left/ }).waitFor()
    const day = page.getByRole('slider', { name: 'Day' })
    await day.focus()
    await page.keyboard.press('Home')
    expect(await day.getAttribute('aria-valuetext')).toMatch(/: 2 members, 2 entered, 0 left$/)
    await page.keyboard.press('Enter')
    await rows('Who entered and left').nth(2).waitFor({ state: 'detached' })
    expect((await transitions()).map(([, name]) => name)).toEqual(['Name9 Sample', 'Name8 Sample'])
    await page.getByRole('button', { name: /^Only / }).click()
    await inAddress('day', null)
    await page.getByRole('button', { name: 'As a table' }).click()
    expect(await rows('Members over time').count()).toBe(11)
    const [newest] = await rows('Members over time').allInnerTexts()
    expect(newest?.split(/\s*\t\s*/).slice(1)).toEqual(['5', '+1', '−1'])
    expect(await seriousFaults(page)).toEqual([])
  })
})

describe('flows between segments', () => {
  const band = (name: string) => page.getByRole('link', { name })
  const address = () =>
    `${pages.api.url}/flows?segments=slipping-away,new-customers&from=${ago(5).toISOString().slice(0, 10)}`

  test('say who became what, and lead to those customers', async () => {
    await page.goto(address())
    await band('2 customers: New customers → Slipping away').click()
    await page.getByRole('heading', { name: '2 customers: New customers → Slipping away' }).waitFor()
    await page.getByRole('link', { name: 'Name4 Sample' }).waitFor()
    await band('1 customer: Slipping away → New customers').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Name7 Sample' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'As a table' }).click()
    await page.getByRole('table', { name: /Who was in which segment/ }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Name7 Sample' }).waitFor()
  })

  test('begin with the usual segments, from the overview', async () => {
    await page.getByRole('link', { name: 'Flows between segments' }).click()
    await page.getByRole('heading', { level: 1, name: 'Flows between segments' }).waitFor()
    await band('→').first().waitFor()
    expect(await page.getByText('in none of these').count()).toBeGreaterThan(0)
  })

  test('are read on a phone', async () => {
    await visit('/flows', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
    await band('→').first().waitFor()
    const { width, overflow } = await page.evaluate(() => ({
      width: document.querySelector('svg[aria-label]')?.getBoundingClientRect().width ?? 0,
      overflow: document.documentElement.scrollWidth - window.innerWidth,
    }))
    expect(width).toBeGreaterThan(80)
    expect(overflow).toBeLessThanOrEqual(0)
    expect(await seriousFaults(page)).toEqual([])
  })
})

test('A customer’s segments say since when, by rule, and when that ends by itself', async () => {
  await page.goto(`${pages.api.url}/customers/c0?tab=segments`)
  const item = page.getByRole('listitem').filter({ hasText: 'New customers' })
  await item.getByText(/^by rule since .* · leaves by itself on /).waitFor()
  await page.getByRole('listitem').filter({ hasText: 'Loyalty: new' }).getByText('Mara Feldner').waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('Where there is only one provider, theirs are shown without asking', async () => {
  await ingest({ providers: [{ id: 'theo', deleted: true }] })
  await page.goto(`${pages.api.url}/segments/loyalty-new`)
  await rows('Members').first().waitFor()
  expect(await names('Members')).toEqual(['Name0', 'Name2', 'Name4', 'Name6', 'Name8'].map((name) => `${name} Sample`))
})
