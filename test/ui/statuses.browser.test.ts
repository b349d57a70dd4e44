import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import type { StatusAutomation } from '../../api/contract/statusAutomation.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { recomputeStatuses } from '../../domain/statuses/recomputeStatuses.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'

let pages: TestPages
let page: Page

const yesterday = new Date(Date.now() - 86_400_000).toISOString()
const ingest = async (body: object) => {
  await pages.api.call('post', '/ingest', body)
  await refreshSegments(pages.database.db, new Date())
}
const statusOf = async (id: string) => (await pages.api.call<CustomerProfile>('get', `/customers/${id}`)).body
const saved = async () => (await pages.api.call<StatusAutomation>('get', '/status-automation')).body

beforeAll(async () => {
  pages = await servePages()
  await installStatusAutomation(pages.database.db, new Date())
  await ingest({
    customers: ['Ada', 'Bo', 'Cleo', 'Dan', 'Eva'].map((name) => ({ id: name.toLowerCase(), first_name: name })),
    bookings: ['ada', 'bo'].map((customer) => ({
      id: `b-${customer}`,
      customer,
      starts_at: yesterday,
      state: 'attended',
    })),
    payments: ['bo', 'cleo'].map((customer) => ({ id: `p-${customer}`, customer, amount: 1900, paid_at: yesterday })),
  })
}, 180_000)
afterAll(() => pages?.close())

const rule = (name: string) => page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })
const flip = (name: string) => page.getByRole('switch', { name: `${name}: on or off` }).click({ force: true })
const effect = () => page.getByRole('region', { name: 'If this is saved' })

test('a rule is switched off and the preview changes; discarded it is as before; saved it takes effect', async () => {
  page = await pages.visit('/settings')
  await page
    .getByRole('link', { name: /^Status automation/ })
    .first()
    .click()
  await effect().getByText('Nobody changes.').waitFor()
  await rule('Made a payment').getByText('1 by this one only').waitFor()
  expect(await seriousFaults(page)).toEqual([])

  await flip('Made a payment')
  await effect().getByText('Also take back the one whom no rule brings there any more').click()
  await effect().getByRole('button', { name: 'One from customer to lead' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Cleo' }).waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Discard' }).click()
  await effect().getByText('Nobody changes.').waitFor()
  expect(await page.getByRole('button', { name: 'Save' }).isEnabled()).toBe(false)

  await flip('Leads become customers')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The rules are saved.').waitFor()
  await recomputeStatuses(pages.database.db, new Date())
  await ingest({ payments: [{ id: 'p-dan', customer: 'dan', amount: 100, paid_at: yesterday }] })
  expect([(await statusOf('dan')).status, (await saved()).enabled]).toEqual(['lead', false])
  await effect().getByText('Being applied to everybody').waitFor({ state: 'detached' })

  await flip('Leads become customers')
  await effect().getByRole('button', { name: 'One from lead to customer' }).waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await effect().getByText('Nobody changes.').waitFor()
  await recomputeStatuses(pages.database.db, new Date())
  expect((await statusOf('dan')).status).toBe('customer')

  // what was saved is listed in words, and taken up again as a draft whose effect is seen first
  await page.getByRole('link', { name: 'Versions' }).click()
  const second = page.getByRole('listitem', { name: 'Version 2' })
  await second.getByText('“Leads become customers” was switched off').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await second.getByRole('button', { name: 'Take up version 2 again' }).click()
  await effect().waitFor()
  expect(await page.getByRole('switch', { name: 'Leads become customers: on or off' }).isChecked()).toBe(false)
  await page.getByRole('button', { name: 'Discard' }).click()
}, 90_000)

test('a rule for VIPs is drawn on the canvas, taken over and saved', async () => {
  page = await pages.visit('/settings/statuses')
  const group = page.getByRole('region', { name: 'Customers become VIP' })
  await group.getByText('By hand only.').waitFor()
  await group.getByRole('link', { name: 'Draw a rule' }).click()
  await page.getByText('Whoever is customer and comes out at the bottom becomes VIP.').waitFor()
  await page.getByText('YAML').click()
  const source = page.getByRole('textbox', { name: /rule/i })
  await source.click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.insertText(
    'all:\n  - { fact: payment_count, is: ">=", value: 1 }\n  - { fact: booking_count, is: ">=", value: 1 }\n',
  )
  await page.getByRole('button', { name: 'Take over' }).click()
  await effect().getByRole('button', { name: 'One from customer to VIP' }).waitFor()
  await group.getByText('at least 1', { exact: false }).first().waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The rules are saved.').waitFor()
  await recomputeStatuses(pages.database.db, new Date())
  expect(await statusOf('bo')).toMatchObject({ status: 'vip', status_change: { rule: 'customer-to-vip' } })
}, 90_000)

test('a status set by hand is left alone by the rules, until it is handed back', async () => {
  page = await pages.visit('/customers/eva')
  const select = page.getByRole('combobox', { name: 'Status of Eva' })
  await select.click()
  await page.getByRole('option', { name: 'VIP' }).click()
  await page.getByText('The status of one customer is changed.').waitFor()
  await page.getByText('Set by hand by').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await ingest({ bookings: [{ id: 'b-eva', customer: 'eva', starts_at: yesterday, state: 'attended' }] })
  expect(await statusOf('eva')).toMatchObject({ status: 'vip', automatic_status: 'customer' })

  await page.goto(`${pages.api.url}/settings/statuses`)
  await page.getByText('1 by hand').waitFor()
  await effect().getByText('Nobody changes.').waitFor()

  await page.goto(`${pages.api.url}/customers/eva`)
  await page.getByRole('button', { name: 'Hand back' }).click()
  await page.getByText('customer since').waitFor()
  expect(await statusOf('eva')).toMatchObject({ status: 'customer', status_set: null })
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await page.getByText('From VIP to customer').waitFor()
  await page.getByText('From lead to VIP').waitFor()
}, 90_000)

test('many are set at once out of a list narrowed by status, and it is taken back', async () => {
  page = await pages.visit('/customers')
  await page.getByRole('button', { name: 'Status: any' }).click()
  await page.getByRole('checkbox', { name: /^customer/ }).click()
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => url.searchParams.get('status') === 'customer')
  await page.getByRole('link', { name: 'Ada' }).waitFor()
  await page.getByRole('link', { name: 'Bo', exact: true }).waitFor({ state: 'detached' })
  const count = (await saved()).customers.customer
  await page.getByRole('checkbox', { name: 'Pick Ada' }).click()
  await page.getByRole('button', { name: `pick all ${count} that match` }).click()
  await page.getByRole('button', { name: 'Change status' }).click()
  await page.getByRole('radio', { name: 'lead' }).click()
  await page.getByText(`Changes ${count} of ${count}.`).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByText('No customer matches').waitFor()
  expect((await saved()).by_hand.lead).toBe(count)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('link', { name: 'Ada' }).waitFor()
  expect((await saved()).by_hand.lead).toBe(0)
}, 90_000)
