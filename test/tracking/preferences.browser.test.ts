import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { type Database, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { openBrowser, seriousFaults } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

describe('the preference page in a browser', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let browser: Browser
  let link: string

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 1)
    const at = new Date()
    await db('providers').insert({ external_id: 'anna', known: true, name: 'Anna', created_at: at, updated_at: at })
    await db('consents').insert({ customer_id: 1, channel: 'sms', given: true, at, source: 'test' })
    api = await startApi(db)
    browser = await openBrowser()
    const campaign = await frozenCampaign(db, { customers: ['c0'], provider: 'anna' })
    const { channel, taken } = recordingChannel()
    await deliverDue(db, campaign, { ...attempt(channel), publicUrl: api.url })
    link = /<(.*)>/.exec(taken[0]?.headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
  })
  afterAll(async () => {
    await browser.close()
    await api.close()
    await database.drop()
  })
  beforeEach(() => db('suppressions').delete())

  const suppressions = () =>
    rows<{ kind: string }>(db, 'SELECT provider_id, channel, kind FROM suppressions ORDER BY kind')

  async function visit(language: string, options: object = {}) {
    await db('customers').update({ language })
    const context = await browser.newContext({ javaScriptEnabled: true, ...options })
    const page = await context.newPage()
    await page.goto(link)
    return page
  }

  test.each([
    ['en', 'light', 1280],
    ['de', 'dark', 390],
    ['fr', 'dark', 1280],
    ['it', 'light', 390],
  ] as const)(
    'in %s, %s, %i wide: axe finds nothing serious, nothing stands beside the window',
    async (language, colorScheme, width) => {
      const page = await visit(language, { colorScheme, viewport: { width, height: 900 } })
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await seriousFaults(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false)
      await page.context().close()
    },
  )

  test('by keyboard alone: leaves out the offers of one provider, then wants them again', async () => {
    const page = await visit('en')
    const offers = page
      .getByRole('group', { name: 'From Anna' })
      .getByRole('group', { name: 'Email' })
      .getByLabel('Offers and vouchers')
    await offers.focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Save this choice' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Your choice is saved.').waitFor()
    expect(await offers.isChecked()).toBe(false)
    expect(await suppressions()).toMatchObject([{ kind: 'loyalty', channel: 'email' }])
    await offers.check()
    await page.getByRole('button', { name: 'Save this choice' }).click()
    await page.getByText('Your choice is saved.').waitFor()
    expect(await suppressions()).toEqual([])
    await page.context().close()
  })

  test('the way out first, and the way back; nothing any more from nobody', async () => {
    const page = await visit('en')
    await page.getByRole('button', { name: 'Unsubscribe', exact: true }).click()
    await page.getByText('You are unsubscribed').waitFor()
    await page.getByRole('button', { name: 'write to me again' }).click()
    await page.getByText('You will get mails').waitFor()
    expect(await suppressions()).toEqual([])
    await page.getByRole('button', { name: 'Nothing any more' }).click()
    await page.getByText('You are unsubscribed').waitFor()
    expect(await suppressions()).toHaveLength(3)
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })

  test('needs no scripts', async () => {
    const page = await visit('en', { javaScriptEnabled: false })
    await page.getByRole('button', { name: 'Unsubscribe', exact: true }).click()
    await page.getByText('You are unsubscribed').waitFor()
    expect(await suppressions()).toHaveLength(1)
    await page.context().close()
  })
})
