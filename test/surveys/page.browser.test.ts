import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { type Database, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { createTemplate } from '../../domain/templates/createTemplate.ts'
import { galleryTemplate } from '../../domain/templates/gallery/readGallery.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { openBrowser, seriousFaults } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, insertCustomers, recordingChannel } from '../support/sending.ts'

describe('the page of a survey in a browser', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let browser: Browser
  let links: string[]

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 1)
    api = await startApi(db)
    browser = await openBrowser()
    const now = new Date()
    const { content } = galleryTemplate('why-leave', 'en')
    const template = { id: 'leaving', name: 'Leaving', language: 'en', content, gallery: null, publish: true } as const
    await createTemplate(db, template, null, now)
    const criteria = { customers: ['c0'] }
    const campaign = await createCampaign(
      db,
      { criteria, content: { template: 'leaving' }, sendAt: null, createdBy: null },
      now,
    )
    await freezeAudience(db, campaign, now)
    const { channel, taken } = recordingChannel()
    await deliverDue(db, campaign, { ...attempt(channel), publicUrl: api.url })
    links = [...(taken[0]?.html ?? '').matchAll(/href="([^"]*\/s\/[^"]+)"/g)].map(([, url = '']) => url)
  })
  afterAll(async () => {
    await browser.close()
    await api.close()
    await database.drop()
  })

  async function visit(language: string, options: object = {}) {
    await db('customers').update({ language })
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(links[0] ?? '')
    return page
  }

  test.each([
    ['en', 'light', 1280],
    ['de', 'dark', 390],
    ['fr', 'dark', 1280],
    ['it', 'light', 390],
  ] as const)(
    'in %s, %s, %i wide: axe finds nothing serious before and after the answer, nothing stands beside the window',
    async (language, colorScheme, width) => {
      const page = await visit(language, { colorScheme, viewport: { width, height: 900 } })
      const fits = () => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect([await seriousFaults(page), await fits()]).toEqual([[], true])
      await page.getByRole('button').click()
      await page.getByRole('status').waitFor()
      expect([await seriousFaults(page), await fits()]).toEqual([[], true])
      await page.context().close()
    },
  )

  test('by keyboard alone and without scripts: another answer, with a few words, then changed again', async () => {
    await db('survey_answers').delete()
    const page = await visit('en', { javaScriptEnabled: false })
    const first = page.getByRole('radio', { name: 'It costs too much' })
    expect(await first.isChecked()).toBe(true)
    await first.focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('See you next year')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Your answer “I don’t find the time” has reached us').waitFor()
    const standing = () => rows(db, 'SELECT answer, comment FROM survey_answers WHERE replaced_at IS NULL ORDER BY id')
    expect(await standing()).toEqual([{ answer: 'no-time', comment: 'See you next year' }])
    await page.getByRole('link').click()
    await page.getByText('You have answered “I don’t find the time”').waitFor()
    await page.getByRole('radio', { name: 'It costs too much' }).check()
    await page.getByRole('button').click()
    await page.getByText('Your answer “It costs too much” has reached us').waitFor()
    expect(await standing()).toEqual([{ answer: 'too-expensive', comment: 'See you next year' }])
    await page.context().close()
  })
})
