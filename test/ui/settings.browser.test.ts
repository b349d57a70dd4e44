import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Settings } from '../../api/contract/settings.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'

let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
}, 180_000)
afterAll(() => pages?.close())

const field = (label: string) => page.getByLabel(label, { exact: true })
const stored = async () => (await pages.api.call('get', '/settings')).body as unknown as Settings

async function save(): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The settings are saved.').last().waitFor()
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
  await save()
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
  await save()
  expect(await stored()).toMatchObject({ frequency_cap: null, quiet_hours: null, rate_limits: { per_campaign: 5_000 } })
})

test('what is wrong is said at its field, and nothing of it is saved', async () => {
  page = await pages.visit('/settings')
  await field('At most so many messages').fill('3')
  await field('Nothing is sent from').fill('22:00')
  await field('to').fill('22:00')
  await field('To the addresses of a domain').fill('example.com many')
  await page.getByRole('button', { name: 'Save' }).click()
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
  await page.getByRole('button', { name: 'Save' }).click()
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
  await save()
  expect((await stored()).dkim).toEqual({ domain: 'mail.example.com', selector: 'p1' })
  await page.reload()
  await record.getByText('p1._domainkey.mail.example.com').waitFor()
})
