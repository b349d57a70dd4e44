import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import type { Rule } from '../../rules/rule.ts'
import type { TestApi } from '../support/api.ts'
import { servePages, type TestPages } from '../support/pages.ts'

const today = new Date().toISOString().slice(0, 10)
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

/** Ten customers: six with a membership valid today, the first three of them have cancelled it; every other is female. */
const customers = Array.from({ length: 10 }, (_, index) => ({
  id: `c${index}`,
  first_name: `Name${index}`,
  last_name: 'Sample',
  gender: index % 2 === 0 ? 'female' : 'male',
}))
const memberships = customers.slice(0, 6).map(({ id }, index) => ({
  id: `m${index}`,
  customer: id,
  recurring: true,
  valid_from: '2024-01-01',
  ...(index < 3 ? { cancelled_at: yesterday, valid_to: `${Number(today.slice(0, 4)) + 1}-01-01` } : {}),
}))

export const cancelled: Rule = { fact: 'membership', is: 'valid_cancelled' }
export const uncancelled: Rule = { fact: 'membership', is: 'valid_uncancelled' }
export const female: Rule = { fact: 'gender', is: 'one_of', value: ['female'] }

/** A browser with the pages over ten customers, signed in anew for each test, and what tests do with an outline in it. */
export function serveOutline() {
  let pages: TestPages
  let page: Page

  beforeAll(async () => {
    pages = await servePages()
    await pages.api.call('post', '/ingest', { customers, memberships })
    await refreshSegments(pages.database.db, new Date())
  }, 180_000)
  afterAll(() => pages?.close())

  beforeEach(async () => {
    page = await pages.visit()
  }, 60_000)

  const counted = (): Promise<void> => page.locator('[role="treeitem"][aria-label$=" out"]').first().waitFor()
  const line = (card: string): Locator => page.locator(`[role="treeitem"][data-card="${card}"]`)
  return {
    page: (): Page => page,
    api: (): TestApi => pages.api,
    counted,
    line,
    said: (card: string): Promise<string | null> => line(card).getAttribute('aria-label'),
    async create(name: string, rule: Rule): Promise<string> {
      const { body } = await pages.api.call<{ id: string }>('post', '/segments', { name, rule })
      return body.id
    },
    /** Opens a rule in the outline and waits until it is counted there. */
    async open(id: string, search = ''): Promise<void> {
      await page.addInitScript(() => localStorage.setItem('perennial.rule-view.wide', 'outline'))
      await page.goto(`${pages.api.url}/segments/${id}/rule${search}`)
      await counted()
    },
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) await page.keyboard.press(key)
    },
    /** Waits until a line has the focus. */
    focused: (card: string): Promise<void> => page.locator(`[role="treeitem"][data-card="${card}"]:focus`).waitFor(),
  }
}
