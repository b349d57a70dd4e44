import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import type { Database } from '../../domain/database.ts'
import { buildUi } from '../../scripts/parts/ui.ts'
import { startApi, type TestApi } from './api.ts'
import { openBrowser } from './browser.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { ADMIN, openSignedIn } from './signIn.ts'

export type TestPages = {
  database: TestDatabase
  api: TestApi
  browser: Browser
  /** Signs in anew, in a window that knows nothing of the one before, which is closed, and opens a page. */
  visit(path?: string, options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

type ApiOptions = NonNullable<Parameters<typeof startApi>[3]>

/** What a page may have left behind where the next visit would find it. */
const KEPT_BY_PAGES = 'cookies,local_storage,indexeddb,service_workers,cache_storage'

/** A fresh page of a window whose others are closed, with all cleared that they left; null when the window was closed. */
async function reopen(context: BrowserContext, origin: string): Promise<Page | null> {
  try {
    const page = await context.newPage()
    for (const other of context.pages()) if (other !== page) await other.close()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: KEPT_BY_PAGES })
    await context.clearCookies()
    await context.clearPermissions()
    return page
  } catch {
    return null
  }
}

/**
 * Serves the built pages with the API over a database that has nothing but an admin, and opens a browser.
 *
 * @param options of the API; made with the database where they need it
 * @param create makes the database, where it is to have more than that
 */
export async function servePages(
  options: (db: Database) => ApiOptions | Promise<ApiOptions> = () => ({}),
  create: () => Promise<TestDatabase> = createTestDatabase,
): Promise<TestPages> {
  const database = await create()
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
  let used: { context: BrowserContext; options: string } | undefined
  /** The window of the visit before, emptied, when it was opened in the same way: one that is new compiles all scripts. */
  const windowFor = async (options: BrowserContextOptions): Promise<Page> => {
    const key = JSON.stringify(options)
    const again = used?.options === key ? await reopen(used.context, api.url) : null
    if (again !== null) return again
    await used?.context.close()
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    })
    used = { context, options: key }
    return context.newPage()
  }
  const visit = async (path = '/segments', options: BrowserContextOptions = {}) => {
    const page = await windowFor(options)
    page.context().setDefaultTimeout(10_000)
    await openSignedIn(page, api.url, path)
    return page
  }
  return { database, api, browser, visit, close }
}
