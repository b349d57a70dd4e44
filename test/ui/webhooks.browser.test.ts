/** Webhooks and the API reference as an admin uses them. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

jest.setTimeout(120_000)

let pages: TestPages
let receiver: Receiver
let page: Page
beforeAll(async () => {
  receiver = await startReceiver()
  pages = await servePages(() => ({ privateWebhooks: true }))
}, 180_000)
afterAll(async () => {
  await pages?.close()
  await receiver?.close()
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })

test('a webhook is added with a whole group of events, tested, looked at, switched off and deleted', async () => {
  page = await pages.visit('/webhooks')
  await page.getByText('Nobody is told yet').waitFor()
  await button('Add a webhook').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('CRM')
  await dialog.getByLabel('Address').fill('mailto:crm@studio.test')
  await dialog.getByLabel('Segments').check()
  await dialog.getByLabel('reward.used').check()
  expect(await seriousFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add a webhook' }).click()
  await dialog.getByText('Has to begin with https://').waitFor()
  await dialog.getByLabel('Address').fill(receiver.url)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'CRM' }).waitFor()
  for (const event of ['segment.entered', 'segment.left', 'reward.used'])
    await page.getByText(event, { exact: true }).waitFor()

  receiver.answer(() => [503, 'we are closed'])
  await button('Send a test').click()
  await page.getByText('It was answered with 503.').waitFor()
  receiver.answer(() => 204)
  await button('Send a test').click()
  await page.getByText(/It arrived: 204/).waitFor()
  await button(/webhook\.test, evt_\d+: look/)
    .last()
    .click()
  await page.getByText('we are closed').waitFor()
  await page.getByText('"type": "webhook.test"').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('Escape')

  await button('Show').click()
  const secret = page.getByTestId('webhook-secret')
  await page.getByText(/whsec_[\w-]{43}/).waitFor()
  const before = await secret.textContent()
  await button('Replace it…').click()
  await page.getByRole('dialog').getByRole('button').last().click()
  await page
    .getByText(/Until|until|before/)
    .first()
    .waitFor()
  expect(await secret.textContent()).not.toBe(before)

  await button('Switch off').click()
  await page.getByText('It is told nothing while it is off.').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await button('Switch on').click()
  await button('More for this webhook').click()
  await page.getByRole('menuitem', { name: 'Send again…' }).click()
  await button('Send again').click()
  await page.getByText('There is nothing to send again.').waitFor()
  await button('More for this webhook').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nobody is told yet').waitFor()
})

test('the reference shows every call by subject and by words, with a command to copy', async () => {
  const failed: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') failed.push(message.text())
  })
  // made when it is first asked for
  await pages.api.call('get', '/openapi.json')
  await page.goto(`${pages.api.url}/reference`)
  await page.getByText('Idempotency-Key').first().waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'redemptions', exact: true }).click()
  await button(/POST \/redemptions/i).click()
  await page.getByText('Needs rewards.redeem: Admin, Manager, Provider').waitFor()
  await page.getByText(`curl -s "${pages.api.url}/api/v1/redemptions"`).waitFor()
  await page.getByText('"booking": "b-1"').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByLabel('Find a call').fill('webhooks replay')
  await button(/POST \/webhooks\/\{id\}\/replay/i).click()
  await page.getByText('only_missed?: boolean').waitFor()
  await page.getByLabel('Find a call').fill('nothing has these words')
  await page.getByText('No call has these words').waitFor()
  // nothing of it comes from elsewhere, and the policy of our pages has nothing against it
  expect(failed).toEqual([])
})
