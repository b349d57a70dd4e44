import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { seriousFaults } from '../support/browser.ts'
import { createDemoDatabase } from '../support/demoDatabase.ts'
import { PAGE_PATHS, pageAddress } from '../support/pagePaths.ts'
import { servePages, type TestPages } from '../support/pages.ts'

// Every page that there is, with the demo business in it, in light and in dark.

let pages: TestPages
let page: Page
/** What stands for the parts of an address that name something. */
let named: Record<string, string>

beforeAll(async () => {
  pages = await servePages(undefined, createDemoDatabase)
  const first = async (path: string): Promise<string> => {
    const { body } = await pages.api.call<{ items: { id: string }[] }>('get', path)
    const id = body.items[0]?.id
    if (id === undefined) throw new Error(`The demo has nothing under ${path}`)
    return id
  }
  const { body } = await pages.api.call<{ items: { id: string; clicked: number }[] }>('get', '/campaigns?limit=50')
  const webhook = await pages.api.call<{ id: string }>('post', '/webhooks', {
    ...{ name: 'Till', url: 'https://till.example/hook', events: ['segment.entered'] },
  })
  named = {
    '/segments/$id': 'slipping-away',
    '/customers/$id': await first('/customers?limit=1'),
    '/mailings/$id': body.items.toSorted((a, b) => b.clicked - a.clicked)[0]?.id ?? '',
    '/templates/$id': await first('/templates?limit=1'),
    '/automations/$id': await first('/automations?state=live&limit=1'),
    '/audiences/$id': await first('/audiences?limit=1'),
    '/webhooks/$id': webhook.body.id,
    // one that is not there: what the page says then
    '/imports/$id': '1',
  }
  page = await pages.visit('/segments')
}, 300_000)
afterAll(() => pages?.close())

/** Beside what a page shows at first: its other sides. */
const SIDES: Readonly<Record<string, readonly string[]>> = {
  '/customers/$id': ['?tab=communication', '?tab=segments'],
  '/audiences/$id': ['?tab=criteria'],
  '/automations/$id': ['?mode=live'],
  '/rewards': ['?view=campaigns'],
}

const paths = PAGE_PATHS.flatMap((path) => ['', ...(SIDES[path] ?? [])].map((side) => path + side))

test.each(paths)('%s: axe finds nothing serious, in light and in dark, and nothing breaks', async (path) => {
  const wrong: string[] = []
  const note = (error: Error) => wrong.push(error.message)
  page.on('pageerror', note)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(pages.api.url + pageAddress(path, named))
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  // a frame in which no script runs never answers axe
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await seriousFaults(page, 'iframe', ['color-contrast'])).toEqual([])
  page.off('pageerror', note)
  expect(wrong).toEqual([])
})
