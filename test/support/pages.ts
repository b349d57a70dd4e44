import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import type { Database } from '../../domain/database.ts'
import { buildUi } from '../../scripts/parts/ui.ts'
import { startApi, type TestApi } from './api.ts'
import { openBrowser } from './browser.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { ADMIN, signIn } from './signIn.ts'

export type TestPages = {
  database: TestDatabase
  api: TestApi
  browser: Browser
  /** Signs in anew, in a window that knows nothing of the one before, which is closed, and opens a page. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

type ApiOptions = NonNullable<Parameters<typeof startApi>[3]>

/**
 * Serves the built pages with the API over a database that has nothing but an admin, and opens a browser.
 *
 * @param options of the API; made with the database where they need it
 */
export async function servePages(
  options: (db: Database) => ApiOptions | Promise<ApiOptions> = () => ({}),
): Promise<TestPages> {
  const database = await createTestDatabase()
  const api = await startApi(database.db, undefined, undefined, {
    ...(await options(database.db)),
    uiDir: await buildUi(),
  })
  await createFirstAdmin(database.db, new Date(), ADMIN)
  const browser = await openBrowser()
  const close = async () => {
    await browser.close()
    await api.close()
    await database.drop()
  }
  let context: BrowserContext | undefined
  const visit = async (path = '/segments', options: BrowserContextOptions = {}) => {
    await context?.close()
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    await signIn(page, `${api.url}${path}`)
    return page
  }
  return { database, api, browser, visit, close }
}
