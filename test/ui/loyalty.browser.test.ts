import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { finishCampaign } from '../../domain/campaigns/finishCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { mondayOf, weekAfter, weekOf } from '../../domain/campaigns/loyalty/week.ts'
import { type Database, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { seriousFaults } from '../support/browser.ts'
import { insertClienteles, takenSlots } from '../support/loyalty.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { attempt, recordingChannel, SENT } from '../support/sending.ts'

let pages: TestPages
let db: Database
beforeAll(async () => {
  pages = await servePages()
  db = pages.database.db
  await insertClienteles(db, 20, (index) => (index === 4 ? 'c4@bounce.test' : `c${index}@mail.test`))
}, 240_000)
afterEach(async () => {
  await db('rewards').delete()
  await db('campaigns').delete()
  await db('suppressions').delete()
})
afterAll(() => pages?.close())

const row = (page: Page, segment: string) => page.getByTestId(`loyalty-${segment}`)
const nextMonday = () =>
  new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${mondayOf(weekAfter(weekOf(new Date(), 'UTC')))}T00:00:00Z`),
  )

/** What the worker does, once nobody can take it back any more. */
async function sendAll(campaign: number): Promise<void> {
  const later = new Date(Date.now() + 60_000)
  await freezeAudience(db, campaign, later)
  const { channel } = recordingChannel(({ to }) =>
    to.endsWith('@bounce.test') ? { state: 'bounced', reason: '550 5.1.1 no such mailbox' } : SENT,
  )
  await deliverDue(
    db,
    campaign,
    attempt(channel, () => later),
  )
  await finishCampaign(db, campaign, later)
}

test('a loyalty mailing with a voucher to its end; the second one is refused with the day', async () => {
  const page = await pages.visit('/loyalty')
  await page.getByRole('combobox', { name: 'Provider' }).click()
  await page.getByRole('option', { name: 'anna name' }).click()
  await expect(row(page, 'loyalty-loyal').getByRole('button').textContent()).resolves.toBe('Write')
  expect(new URL(page.url()).searchParams.get('provider')).toBe('anna')
  expect(await seriousFaults(page)).toEqual([])

  await row(page, 'loyalty-loyal').getByRole('button', { name: 'Write to' }).click()
  await page.getByRole('heading', { name: 'Loyalty mailing from anna name' }).waitFor()
  await page.getByTestId('recipients-total').filter({ hasText: '10' }).waitFor()
  await page.getByRole('textbox', { name: 'Subject' }).click()
  await page.keyboard.type('Thank you')
  await page.keyboard.press('Enter')
  await page.keyboard.type('You have been so often.')
  await page.getByRole('combobox', { name: 'What everybody gets' }).click()
  await page.getByRole('option', { name: 'Voucher of an amount' }).click()
  // an empty amount stops the mailing and is pointed out
  await page.getByRole('button', { name: /^Send to 10/ }).click()
  await page.getByText('Say how much').waitFor()
  await page.getByRole('textbox', { name: 'Amount' }).fill('5')
  await page.getByTestId('reward-cost').filter({ hasText: '€50.00' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: /^Send to 10/ }).click()
  const dialogue = page.getByRole('dialog')
  await dialogue.getByText('voucher of €5.00').waitFor()
  await dialogue.getByRole('button', { name: /^Send/ }).click()
  await page.waitForURL(/#mailing-\d+$/)
  const campaign = Number(/\d+$/.exec(page.url())?.[0])
  expect(await takenSlots(db)).toEqual([`anna loyalty-loyal ${weekOf(new Date(), 'UTC')}`])

  await sendAll(campaign)
  await page.goto(`${pages.api.url}/mailings/${campaign}`)
  await page.getByTestId('rewards').getByText('9 usable').waitFor()
  await page.getByTestId('rewards').getByText('1 given back').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  // a second window had the composer open all the while
  const choice = { recipients: { segment: 'loyalty-loyal', provider: 'anna' }, count: 10, label: 'Loyal' }
  const stored = JSON.stringify({ ...choice, loyalty: { provider: 'anna name' } })
  await page.evaluate((value) => sessionStorage.setItem('perennial.recipients', value), stored)
  await page.goto(`${pages.api.url}/compose`)
  await page.getByText(`The next one may go from ${nextMonday()}`).first().waitFor()
  await page.goto(`${pages.api.url}/loyalty?provider=anna`)
  await row(page, 'loyalty-loyal').getByText(`The next one from ${nextMonday()}`).waitFor()
  await row(page, 'loyalty-new').getByRole('button', { name: 'Write to' }).waitFor()
  await page.getByRole('table', { name: 'Mailings so far' }).getByText('voucher of €5.00').waitFor()
  // nothing of it is another provider's
  await page.goto(`${pages.api.url}/loyalty?provider=ben`)
  await row(page, 'loyalty-loyal').getByRole('button', { name: 'Write to' }).waitFor()
  await page.getByText('Nothing sent yet').waitFor()
}, 120_000)

test('a customer is unsubscribed by user name, is listed, and is written to again', async () => {
  const page = await pages.visit('/loyalty?provider=anna')
  const search = page.getByRole('searchbox', { name: 'User name' })
  await search.fill('user1')
  // the odd ones are Ben's
  const found = page.getByRole('list', { name: 'Customers found' })
  await found.getByRole('listitem').first().waitFor()
  expect(await found.getByRole('listitem').locator('a').allTextContents()).toEqual([
    ...['First10 Last', 'First12 Last', 'First14 Last', 'First16 Last', 'First18 Last'],
  ])
  await search.fill('user3')
  await page.getByText('None of this provider’s customers').waitFor()
  await search.fill('user12')
  await found.getByRole('button', { name: 'Unsubscribe' }).click()
  const dialogue = page.getByRole('dialog', { name: 'Unsubscribe First12 Last?' })
  await dialogue.getByText('(user12)').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect(await db('suppressions').select('reason')).toEqual([])
  await dialogue.getByRole('button', { name: 'Unsubscribe' }).click()
  const unsubscribed = page.getByRole('list', { name: 'Not written to' })
  await unsubscribed.getByText('First12 Last').waitFor()
  const stored = await rows<{ external_id: string; reason: string }>(
    db,
    'SELECT c.external_id, s.reason FROM suppressions s JOIN customers c ON c.id = s.customer_id WHERE s.provider_id > 0',
  )
  expect(stored).toEqual([{ external_id: 'c12', reason: 'by_hand' }])

  await unsubscribed.getByRole('button', { name: 'Write again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Write again' }).click()
  await page.getByText('Nobody: every customer of this provider').waitFor()
  expect(await db('suppressions').select('reason')).toEqual([])
}, 60_000)
