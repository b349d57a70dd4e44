import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Settings } from '../../api/contract/settings.ts'
import { openDns } from '../../domain/checks/dns.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { seriousFaults } from '../support/browser.ts'
import { startDns } from '../support/dns.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { addPerson } from '../support/people.ts'
import { ADMIN } from '../support/signIn.ts'

let pages: TestPages
let page: Page
let dns: { server: string; close(): void }
/** What DNS has; it grows while the tests run. */
const zone: { [name: string]: { TXT: string[] } } = {}

beforeAll(async () => {
  dns = await startDns(zone)
  pages = await servePages(() => ({ dns: openDns([dns.server]) }))
}, 180_000)
afterAll(async () => {
  await pages?.close()
  dns?.close()
})

const field = (label: string) => page.getByLabel(label, { exact: true })
const stored = async () => (await pages.api.call('get', '/settings')).body as unknown as Settings

/** Saves one section, which has nothing unsaved then. */
async function save(section: string): Promise<void> {
  const button = page.getByRole('button', { name: `Save: ${section}`, exact: true })
  await button.click()
  await page
    .getByRole('region', { name: section, exact: true })
    .getByText('Not saved yet')
    .waitFor({ state: 'detached' })
  expect(await button.isDisabled()).toBe(true)
}

test('how often, when and how fast messages go is set, and stands there again after a reload', async () => {
  page = await pages.visit('/settings')
  await field('At most so many messages').fill('3')
  await field('to one customer in so many days').fill('7')
  await field('Nothing is sent from').fill('21:30')
  await field('to').fill('08:00')
  await field('Of one mailing').fill('5000')
  await field('To the addresses of a domain').fill('Example.com 600\n\nexample.org 20')
  await field('Country code of telephone numbers without one').fill('+49')
  await page.getByText(`Times in ${(await stored()).time_zone};`).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByText('Not saved yet').nth(3).waitFor()
  for (const section of ['Not too often', 'Quiet hours', 'Speed', 'Sender']) await save(section)
  expect(await stored()).toMatchObject({
    frequency_cap: { mails: 3, days: 7 },
    quiet_hours: { from: '21:30', to: '08:00' },
    rate_limits: { per_campaign: 5_000, domains: { 'example.com': 600, 'example.org': 20 } },
    phone_prefix: '+49',
    dkim: null,
  })

  await page.reload()
  expect(await field('At most so many messages').inputValue()).toBe('3')
  expect(await field('to one customer in so many days').inputValue()).toBe('7')
  expect(await field('Nothing is sent from').inputValue()).toBe('21:30')
  expect(await field('to').inputValue()).toBe('08:00')
  expect(await field('To the addresses of a domain').inputValue()).toBe('example.com 600\nexample.org 20')

  for (const label of ['At most so many messages', 'to one customer in so many days', 'Nothing is sent from', 'to'])
    await field(label).fill('')
  // by keyboard: Ctrl+S saves the section that has the focus
  await field('to').press('Control+s')
  await page.getByText('Not saved yet').nth(1).waitFor({ state: 'detached' })
  expect(await stored()).toMatchObject({ frequency_cap: { mails: 3, days: 7 }, quiet_hours: null })
  await save('Not too often')
  expect(await stored()).toMatchObject({ frequency_cap: null, quiet_hours: null, rate_limits: { per_campaign: 5_000 } })
})

test('what is wrong is said at its field, and nothing of it is saved', async () => {
  page = await pages.visit('/settings')
  await field('At most so many messages').fill('3')
  await field('Nothing is sent from').fill('22:00')
  await field('to').fill('22:00')
  await field('To the addresses of a domain').fill('example.com many')
  for (const section of ['Quiet hours', 'Speed', 'Not too often']) {
    await page.getByRole('button', { name: `Save: ${section}`, exact: true }).click()
  }
  await page.getByText('A whole number from 1 on, or both empty').waitFor()
  await page.getByText('A time, not the same one twice; or both empty').waitFor()
  await page.getByText('Each line needs a domain').waitFor()
  expect(await field('to one customer in so many days').evaluate((one) => one === document.activeElement)).toBe(true)
  expect(await stored()).toMatchObject({ frequency_cap: null, quiet_hours: null })
})

test('what the server refuses is said at its field', async () => {
  page = await pages.visit('/settings')
  await page.route('**/api/v1/settings', (route) =>
    route.request().method() === 'PUT'
      ? route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: '/problems/invalid',
            detail: 'No.',
            errors: [{ path: '/quiet_hours/to', message: 'Too late' }],
          }),
        })
      : route.continue(),
  )
  await field('Nothing is sent from').fill('22:00')
  await field('to').fill('07:00')
  await page.getByRole('button', { name: 'Save: Quiet hours' }).click()
  await page.getByText('A time, not the same one twice; or both empty').waitFor()
})

test('the record for DNS is shown before mail is signed, and stays while it is', async () => {
  page = await pages.visit('/settings')
  const record = page.getByTestId('dkim-record')
  expect(await record.count()).toBe(0)
  await field('Domain that signs').fill('mail.example.com')
  await field('Selector').fill('p1')
  await record.getByText('p1._domainkey.mail.example.com').waitFor()
  await record.getByText(/^v=DKIM1; /).waitFor()
  await record.getByRole('button', { name: 'Copy: Value' }).waitFor()
  expect((await stored()).dkim).toBeNull()
  expect(await seriousFaults(page)).toEqual([])
  await save('Sender')
  expect((await stored()).dkim).toEqual({ domain: 'mail.example.com', selector: 'p1' })
  await page.reload()
  await record.getByText('p1._domainkey.mail.example.com').waitFor()
})

test('leaving with something unsaved asks first, and undoing takes it back', async () => {
  page = await pages.visit('/settings')
  await field('At most so many messages').fill('9')
  await page.getByRole('link', { name: 'Segments', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByText('One section has changes that are not saved.').waitFor()
  await dialog.getByRole('button', { name: 'Stay here' }).click()
  await page.getByRole('button', { name: 'Undo changes' }).click()
  expect(await field('At most so many messages').inputValue()).toBe('')
  await page.getByRole('link', { name: 'Segments', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Segments' }).waitFor()
})

test('another time zone says what it does before it does it, and what is still to do after', async () => {
  const { db } = pages.database
  const customers = Array.from({ length: 300 }, (_, index) => ({ id: `zone-${index}` }))
  const bookings = customers.map(({ id }) => ({
    id,
    customer: id,
    state: 'attended',
    starts_at: '2026-11-20T22:30:00Z',
  }))
  await pages.api.call('post', '/ingest', { customers, bookings })
  await refreshSegments(db, new Date())
  page = await pages.visit('/settings')
  await field('Time zone').first().fill('Tokyo')
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click()
  await page.getByRole('button', { name: 'Save: Business' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move to Asia/Tokyo?' })
  await dialog.getByText('300 bookings').waitFor()
  await dialog.getByText('300 relationships').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  expect((await stored()).time_zone).toBe('UTC')
  await dialog.getByRole('button', { name: 'Change the time zone' }).click()
  await page.getByText('Everybody is looked at again: 300 relationships to go.').waitFor()
  expect((await stored()).time_zone).toBe('Asia/Tokyo')
  await refreshSegments(db, new Date())
  await page.getByText('Everybody is looked at again').waitFor({ state: 'detached' })
})

test('the sender’s records are looked up and looked up again; who may not change the settings sees them only', async () => {
  zone['studio-perennial.net'] = { TXT: ['v=spf1 -all'] }
  await pages.api.call('put', '/settings', { sender_email: 'hello@studio-perennial.net' })
  page = await pages.visit('/settings')
  const records = page.getByTestId('domains')
  await records.getByText('v=spf1 -all').waitFor()
  await records.getByText('v=DMARC1; p=none; rua=mailto:postmaster@studio-perennial.net').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  zone['_dmarc.studio-perennial.net'] = { TXT: ['v=DMARC1; p=reject'] }
  await page.getByRole('button', { name: 'Look again' }).click()
  await records.getByText('v=DMARC1; p=reject').waitFor()

  await addPerson(pages.database.db, 'manager@studio.test', 'manager')
  const context = await pages.browser.newContext()
  const other = await context.newPage()
  await other.goto(`${pages.api.url}/settings`)
  await other.getByLabel('Email').fill('manager@studio.test')
  await other.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await other.getByTestId('domains').getByText('p=reject').waitFor()
  expect(await other.getByRole('button', { name: /^Save/ }).count()).toBe(0)
  expect(await other.getByLabel('At most so many messages').isDisabled()).toBe(true)
  await context.close()
})
