import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { setConsent } from '../../domain/consents/setConsent.ts'
import { rows } from '../../domain/database.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { insertCustomers } from '../support/sending.ts'

let pages: TestPages

beforeAll(async () => {
  pages = await servePages()
  await insertCustomers(pages.database.db, 1)
  const at = new Date('2026-02-03T10:00:00Z')
  await pages.database
    .db('providers')
    .insert({ external_id: 'anna', known: true, name: 'Anna', created_at: at, updated_at: at })
  await setConsent(
    pages.database.db,
    { customerId: 1, channel: 'sms', given: true, source: 'front desk', wording: 'Yes, text me.', recordedBy: null },
    at,
  )
})
afterAll(() => pages.close())

test('what a customer has said is written down with its words, and stays in the history', async () => {
  const page = await pages.visit('/customers/c0')
  const panel = page.getByRole('region').or(page.locator('section')).filter({ hasText: 'May we write?' })
  await panel.getByRole('button', { name: 'Change what is noted for email' }).click()
  const dialogue = page.getByRole('dialog')
  await dialogue.getByLabel('Yes, we may write').check()
  await dialogue.getByLabel('Where').fill('telephone')
  expect(await dialogue.getByRole('button', { name: 'Write it down' }).isDisabled()).toBe(true)
  await dialogue.getByLabel('With which words').fill('Please write to me.')
  expect(await seriousFaults(page)).toEqual([])
  await dialogue.getByRole('button', { name: 'Write it down' }).click()
  await panel.getByRole('button', { name: '2 entries' }).click()
  await panel.getByText('“Please write to me.”').waitFor()
  await panel.getByText('entered by admin@studio.test').waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('somebody gets no more of one kind from one provider, after a question, and is written to again', async () => {
  const page = await pages.visit('/customers/c0', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await page.getByRole('button', { name: 'Write no more…' }).click()
  const dialogue = page.getByRole('dialog')
  await dialogue.getByLabel('From').click()
  await page.getByRole('option', { name: 'Anna' }).click()
  await dialogue.getByLabel('What').click()
  await page.getByRole('option', { name: 'offers and vouchers' }).click()
  await dialogue.getByRole('button', { name: 'Write no more…' }).click()
  await page.getByText(/Gets no offers and vouchers by email from/).waitFor()
  const stored = () => rows(pages.database.db, 'SELECT kind, reason FROM suppressions')
  expect(await stored()).toEqual([{ kind: 'loyalty', reason: 'by_hand' }])
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Write again to this customer' }).click()
  await page.getByText(/Gets no offers/).waitFor({ state: 'detached' })
  expect(await stored()).toEqual([])
})
