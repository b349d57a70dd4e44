import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { setConsent } from '../../domain/consents/setConsent.ts'
import { rows } from '../../domain/database.ts'
import { seriousFaults } from '../support/browser.ts'
import { follow } from '../support/byKeyboard.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { insertCustomers } from '../support/sending.ts'

let pages: TestPages

beforeAll(async () => {
  pages = await servePages()
  await insertCustomers(pages.database.db, 2)
  await pages.database.db('customers').update({ phone: '+41 79 555 01 02' })
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

test('a note is written and found by its kind; the list’s columns, views and tags stand by keyboard', async () => {
  const page = await pages.visit('/customers/c1?tab=timeline', {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  })
  await page.getByLabel('New note').fill('Prefers mornings')
  await page.getByRole('button', { name: 'Save note' }).press('Enter')
  await page.getByText('Prefers mornings').waitFor()
  await page.getByRole('group', { name: 'Filter the timeline' }).getByRole('button').press('Enter')
  await page.getByRole('checkbox', { name: 'Rewards' }).press('Space')
  await page.getByText('Nothing of this kind has happened').waitFor()
  await page.getByRole('checkbox', { name: 'Notes' }).press('Space')
  await page.getByText('Prefers mornings').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await pages.api.call('post', '/customers/tag', { customers: ['c1'], add: ['sauna'] })
  await page.goto(`${pages.api.url}/customers`)
  await page.getByRole('button', { name: 'Columns' }).press('Enter')
  await page.getByRole('checkbox', { name: 'Phone' }).press('Space')
  expect(await seriousFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /Views|All customers/ }).press('Enter')
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).press('Enter')
  await page.getByRole('dialog').getByLabel('Name').fill('With numbers')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('“With numbers” is saved.').waitFor()

  await page.goto(`${pages.api.url}/tags`)
  await page.getByRole('button', { name: 'What can be done with “sauna”' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Rename or merge…' }).press('Enter')
  await page.getByRole('dialog').getByLabel('New name').fill('steam')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).press('Enter')
  await page.getByText('“sauna” is called “steam” now.').waitFor()
})

test('two who are one person become one from the profile, by keyboard, on a small dark screen', async () => {
  const page = await pages.visit('/customers/c1', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  await follow(page, page.getByRole('button', { name: 'More to do with this customer' }))
  await page.getByRole('menuitem', { name: 'Data protection…' }).waitFor()
  await page.getByRole('menuitem', { name: 'Merge with…' }).press('Enter')
  const dialogue = page.getByRole('dialog')
  const twin = dialogue.getByRole('button', { name: /First0 Last.*same number/ })
  await twin.waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await twin.press('Enter')
  await dialogue.getByText('This can’t be taken back: c1 becomes First0 Last.').waitFor()
  await dialogue.getByText('First0 Last gets 1 note, 1 further tag.').waitFor()
  await dialogue.getByRole('radio', { name: 'Email: c1@mail.test' }).press('Space')
  await dialogue.getByText('Consent by email: given.').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await dialogue.getByRole('button', { name: 'Merge' }).press('Enter')
  await page.getByText('c1 was merged into this customer').waitFor()
  expect(new URL(page.url()).pathname).toBe('/customers/c0')
  expect(await rows(pages.database.db, 'SELECT external_id, email FROM customers WHERE known = 1')).toEqual([
    { external_id: 'c0', email: 'c1@mail.test' },
  ])
  // a link to the one who went leads to the one who stayed
  await page.goto(`${pages.api.url}/customers/c1`)
  await page.waitForURL(/customers\/c0/)
  await page.getByRole('heading', { name: 'First0 Last' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
})
