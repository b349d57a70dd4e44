import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { rows } from '../../domain/database.ts'
import { LOCAL_PUSH_HOST } from '../../domain/deliveries/channels/push.ts'
import { browserKeys } from '../../domain/inbox/decryptPush.ts'
import { LOCAL_SMS_SECRET, startGateways } from '../../domain/inbox/startGateways.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'

const BROWSER = { privateKey: createHash('sha256').update('mine').digest(), auth: randomBytes(16) }

let pages: TestPages
let gateways: { port: number; stop(): Promise<void> }
let page: Page
beforeAll(async () => {
  pages = await servePages(async (db) => {
    gateways = await startGateways(db, { port: 0, clock: () => new Date(), browser: BROWSER, onTrouble: () => {} })
    const local = `127.0.0.1:${gateways.port}`
    return {
      smtpUrl: 'smtp://127.0.0.1:1',
      smsUrl: `http://local:${LOCAL_SMS_SECRET}@${local}/sms?from=%2B15005550006&private=1`,
      pushUrl: `http://${local}`,
    }
  })
  const consents = { email: true, sms: true }
  await pages.api.call('post', '/ingest', {
    customers: [
      { id: 'ada', first_name: 'Ada', email: 'ada@mail.test', phone: '+49170111111', consents },
      { id: 'ben', first_name: 'Benjamin', email: 'ben@mail.test', phone: '+49170222222', consents },
      { id: 'cleo', first_name: 'Cleo', email: 'cleo@mail.test', consents },
    ],
  })
}, 180_000)
afterAll(async () => {
  await pages?.close()
  await gateways?.stop()
})

/** The composer with three customers picked, in a browser that knows nothing. */
async function compose(path = '/mailings'): Promise<void> {
  page = await pages.visit(path)
  const choice = { recipients: { customers: ['ada', 'ben', 'cleo'] }, count: 3, label: 'Three customers' }
  await page.evaluate((stored) => sessionStorage.setItem('perennial.recipients', stored), JSON.stringify(choice))
  await page.goto(`${pages.api.url}/compose`)
  await page.getByRole('radio', { name: 'Email' }).waitFor({ state: 'attached' })
}
const turnTo = (channel: string) => page.locator('label', { hasText: channel }).first().click()
const kept = () => page.locator('[data-testid="draft-state"][data-server]').waitFor()

async function soon(read: () => Promise<string | null>, expected: string): Promise<void> {
  const until = Date.now() + 10_000
  let seen = ''
  while (!seen.includes(expected) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    seen = (await read().catch(String)) ?? ''
  }
  expect(seen).toContain(expected)
}
const textOf = (place: Locator) => () => place.textContent()

test('an SMS is written, counted in parts, looked at on a telephone, tried and sent to those with a number', async () => {
  await compose()
  await turnTo('SMS')
  const text = page.getByRole('textbox', { name: 'Text of the SMS' })
  await text.click()
  await page.keyboard.type('Hi {')
  await page.getByRole('dialog', { name: 'Insert a merge tag' }).locator('input[type=radio]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').locator('input:not([type=radio]):focus').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(', a place is free')
  const parts = page.getByTestId('sms-parts')
  // "Hi Ada, a place is free" with the line under it
  await soon(textOf(parts), '1 SMS, 115 characters left in it. About 2 SMS for all.')
  expect(await page.getByTestId('phone').textContent()).toContain('Hi Ada, a place is free\nReply STOP to opt out')
  await page.getByRole('button', { name: 'Next recipient' }).click()
  await soon(textOf(page.getByTestId('phone')), 'Hi Benjamin, a place')
  await soon(textOf(page.getByTestId('recipients-total')), '2')
  expect(await page.getByTestId('left-out-no_phone').count()).toBe(1)

  await text.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' “now” – come to us, we wait for you')
  await soon(textOf(page.getByTestId('sms-odd')), '““”, “””, and “–” are not in the alphabet of SMS (GSM-7).')
  await soon(textOf(page.getByTestId('sms-odd')), 'Without them it would be 1 SMS.')
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  await page.getByRole('button', { name: 'Write quotes and dashes plainly' }).click()
  await page.getByTestId('sms-odd').waitFor({ state: 'detached' })
  await soon(textOf(text), '"now" - come')

  await page.getByRole('textbox', { name: 'Your mobile number' }).fill('0000')
  await page.getByRole('button', { name: 'Send a test' }).click()
  await soon(textOf(page.getByRole('status').filter({ hasText: 'telephone number' })), 'no telephone number')
  await page.getByRole('textbox', { name: 'Your mobile number' }).fill('+49 170 123456')
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByText('Sent to +49170123456').waitFor()

  // what was written for another channel is not lost by looking at it
  await turnTo('Email')
  await page.getByRole('textbox', { name: 'Text of the email' }).waitFor()
  await turnTo('SMS')
  await soon(textOf(text), '"now" - come')

  await page.getByRole('button', { name: 'Send to 2 customers' }).first().click()
  await soon(textOf(page.getByRole('dialog')), '1 SMS each, about 2 SMS in all')
  await page.getByRole('dialog').getByRole('button', { name: 'Send to 2 customers' }).click()
  await page.getByTestId('progress').waitFor()
  const [made] = await rows<{ channel: string; document: string }>(
    pages.database.db,
    'SELECT channel, document FROM campaigns ORDER BY id DESC LIMIT 1',
  )
  expect(made?.channel).toBe('sms')
  expect(await rows(pages.database.db, 'SELECT name FROM campaign_drafts')).toEqual([])

  // copied, it is an SMS again
  const id = /mailing-(\d+)/.exec(page.url())?.[1]
  await page.goto(`${pages.api.url}/mailings/${id}`)
  await page.getByRole('img', { name: 'SMS' }).first().waitFor()
  expect(await page.getByText('Opened').count()).toBe(0)
  await page.getByRole('button', { name: 'Copy' }).click()
  await soon(textOf(page.getByRole('textbox', { name: 'Text of the SMS' })), '"now" - come')
}, 240_000)

test('a notification is written, looked at, tried in this browser, and drafted on one computer and sent on another', async () => {
  await compose()
  // there is no push service where tests run: the browser agrees, and the inbox plays the service
  await page.context().grantPermissions(['notifications'])
  await page.evaluate(
    ({ endpoint, keys }) => {
      PushManager.prototype.subscribe = async () =>
        ({ toJSON: () => ({ endpoint, keys }) }) as unknown as PushSubscription
      Notification.requestPermission = async () => 'granted'
    },
    { endpoint: `https://${LOCAL_PUSH_HOST}/push/mine`, keys: browserKeys(BROWSER) },
  )
  await turnTo('Notification')
  await page.getByRole('textbox', { name: 'Title' }).click()
  await page.keyboard.type('A place is free')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Tonight at six')
  await page.getByLabel('Page that opens when it is pressed').fill('javascript:alert(1)')
  await page.getByText('Links may begin with').waitFor()
  await page.getByLabel('Page that opens when it is pressed').fill('studio.test/plan')
  await soon(textOf(page.getByTestId('phone')), 'opens https://studio.test/plan')
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  await page.getByRole('button', { name: 'Show a test in this browser' }).click()
  await page.getByText('it appears in this browser').waitFor()
  const [shown] = await rows<{ body: string }>(
    pages.database.db,
    "SELECT CONVERT(source USING utf8mb4) AS body FROM inbox_mails WHERE channel = 'push' ORDER BY id DESC LIMIT 1",
  )
  expect(shown?.body).toContain('Tonight at six')
  await kept()

  // another browser, in which the same person signs in
  page = await pages.visit('/mailings', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  const drafts = page.getByTestId('drafts')
  await drafts.getByText('3 customers · Three customers').waitFor()
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  await drafts.getByRole('button', { name: 'A place is free', exact: true }).click()
  await soon(textOf(page.getByRole('textbox', { name: 'Title' })), 'A place is free')
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  await page.getByRole('textbox', { name: 'Title' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type(' now')
  await kept()
  await page.goto(`${pages.api.url}/mailings`)
  await drafts.getByText('A place is free now').waitFor()
  await drafts.getByRole('button', { name: 'Discard the draft “A place is free now”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await drafts.waitFor({ state: 'detached' })
}, 240_000)

test('a planned mailing is changed on a page, which says that an approval is void by that', async () => {
  const later = new Date(Date.now() + 48 * 3_600_000).toISOString()
  const order = { customers: ['ada', 'ben'], content: { subject: 'Planned', html: '<p>Before</p>' }, send_at: later }
  const { body } = await pages.api.call<Campaign>('post', '/campaigns', { ...order, holdout: 10 })
  await pages.database
    .db('campaigns')
    .where({ id: Number(body.id) })
    .update({ approved_by: 'second@studio.test', approved_at: new Date() })
  page = await pages.visit(`/mailings/${body.id}`)
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  const notice = page.getByTestId('edit-notice')
  await soon(textOf(notice), 'second@studio.test has approved it: once you save a change')
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  const text = page.getByRole('textbox', { name: 'Text of the email' })
  await soon(textOf(text), 'Before')
  expect(await page.getByLabel('Held out to compare').inputValue()).toBe('10 %')
  await text.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' and after')
  await kept()
  await page.getByRole('button', { name: 'Save changes…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Save for/ })
    .click()
  await page.getByTestId('acts').getByText('The edit voided the approval').waitFor()
  const [changed] = await rows<{ html: string; send_at: Date; seed: string }>(
    pages.database.db,
    'SELECT html, send_at, revision FROM campaigns WHERE id = ?',
    [body.id],
  )
  expect(changed).toMatchObject({ html: expect.stringContaining('Before and after'), revision: 2 })
  // to the minute, as the field has it
  expect(Math.abs(Number(changed?.send_at) - Date.parse(later))).toBeLessThan(60_000)
  expect(await rows(pages.database.db, 'SELECT name FROM campaign_drafts')).toEqual([])
}, 240_000)
