import type { Browser } from 'playwright-core'
import { createFirstAdmin } from '../../domain/access/createFirstAdmin.ts'
import { buildUi } from '../../scripts/parts/ui.ts'
import { startApi, type TestApi } from './api.ts'
import { openBrowser } from './browser.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { ADMIN } from './signIn.ts'

export type TestPages = { database: TestDatabase; api: TestApi; browser: Browser; close(): Promise<void> }

/** Serves the built pages with the API over a database that has nothing but an admin, and opens a browser. */
export async function servePages(): Promise<TestPages> {
  const database = await createTestDatabase()
  const api = await startApi(database.db, undefined, undefined, { uiDir: await buildUi() })
  await createFirstAdmin(database.db, new Date(), ADMIN)
  const browser = await openBrowser()
  const close = async () => {
    await browser.close()
    await api.close()
    await database.drop()
  }
  return { database, api, browser, close }
}
