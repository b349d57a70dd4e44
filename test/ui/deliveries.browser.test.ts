import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { attempt, frozenCampaign, recordingChannel } from '../support/sending.ts'
import { until } from '../support/until.ts'

let pages: TestPages
let page: Page
let campaign: number

/** Six customers: five got a mailing, of whom c0, c1 and c2 clicked; c5 never agreed. */
beforeAll(async () => {
  pages = await servePages()
  const { db } = pages.database
  await pages.api.call('post', '/ingest', {
    customers: Array.from({ length: 6 }, (_, index) => ({
      id: `c${index}`,
      first_name: `Name${index}`,
      last_name: 'Sample',
      email: `c${index}@mail.test`,
      ...(index === 5 ? {} : { consents: { email: true } }),
    })),
  })
  const customers = Array.from({ length: 6 }, (_, index) => `c${index}`)
  campaign = await frozenCampaign(db, { customers }, new Date())
  await deliverDue(db, campaign, attempt(recordingChannel().channel))
  const sent: { id: number }[] = await db('deliveries').select('id').orderBy('customer_id').limit(3)
  const now = new Date()
  const url = 'https://studio.test/plan?week=1&day=2'
  for (const { id } of sent) await insertEvents(db, [{ delivery: id, type: 'clicked', detail: { url } }], now)
  await db.raw('UPDATE deliveries SET clicked_at = ? WHERE id IN (?)', [now, sent.map(({ id }) => id)])
}, 180_000)
afterAll(() => pages?.close())
beforeEach(async () => {
  page = await pages.visit('/deliveries')
}, 60_000)

const items = () => page.getByRole('listitem').filter({ has: page.getByRole('checkbox') })
const filter = (name: RegExp) => page.getByRole('group', { name: 'Filter the messages' }).getByRole('button', { name })
const choose = async (name: RegExp, choice: RegExp) => {
  await filter(name).click()
  await page.getByRole('checkbox', { name: choice }).check()
  await page.keyboard.press('Escape')
}
/** Puts a tag on those who got the three messages that are picked. */
async function tagPicked(tag: string): Promise<void> {
  await page.getByRole('button', { name: 'Tag…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Tag those who got these 3 messages' })
  await dialog.getByRole('combobox', { name: 'Put on' }).fill(tag)
  await page.keyboard.press('Enter')
  await dialog.getByText('It changes 3 customers of 3.').waitFor()
  await dialog.getByRole('button', { name: 'Tag them' }).click()
  await page.getByText('The tags of 3 customers changed.').last().waitFor()
}

const inAddress = (name: string, value: string | null) => page.waitForURL((url) => url.searchParams.get(name) === value)

describe('history', () => {
  test('those who clicked are found, tagged, found by their tag, and it is taken back', async () => {
    await page.getByText('5 messages').waitFor()
    await choose(/^Reaction/, /^clicked/)
    await inAddress('reaction', 'clicked')
    await page.getByText('3 messages').waitFor()
    await until(async () => (await items().count()) === 3)
    expect(await seriousFaults(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await seriousFaults(page)).toEqual([])

    await page.getByRole('button', { name: 'pick all 3 that match' }).click()
    await page.getByText('all 3 picked').waitFor()
    await tagPicked('interested')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back').waitFor()
    expect((await pages.api.call('get', '/tags')).body).toMatchObject({ items: [] })
    await tagPicked('interested')

    await page.getByRole('link', { name: 'Customers' }).click()
    await page.getByRole('group', { name: 'Filters' }).getByRole('button', { name: /^Tag:/ }).click()
    await page.getByRole('checkbox', { name: /interested/ }).check()
    await inAddress('tag', 'interested')
    await page.keyboard.press('Escape')
    const names = page.getByRole('table').locator('tbody').getByRole('link')
    await page.getByText('3 customers').first().waitFor()
    expect((await names.allInnerTexts()).sort()).toEqual(['Name0 Sample', 'Name1 Sample', 'Name2 Sample'])
    expect(await seriousFaults(page)).toEqual([])
  }, 120_000)

  test('some are picked by keyboard and written to', async () => {
    await items().first().waitFor()
    await page.getByRole('checkbox', { name: 'Pick the message to Name1 Sample' }).focus()
    await page.keyboard.press('Space')
    await page.getByRole('checkbox', { name: 'Pick the message to Name3 Sample' }).focus()
    await page.keyboard.press('Space')
    await page.getByText('2 messages').first().waitFor()
    await page.getByRole('button', { name: 'Write to them' }).click()
    await page.waitForURL('**/compose')
    const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('perennial.recipients') ?? '{}'))
    expect(kept.recipients.customers.sort()).toEqual(['c1', 'c3'])
  })

  test('a segment of those who clicked opens on the canvas with its rule', async () => {
    await page.goto(`${pages.api.url}/deliveries?campaign=${campaign}&reaction=clicked`)
    await page.getByText('3 messages').waitFor()
    await page.getByRole('button', { name: 'Make a segment' }).click()
    await page.waitForURL('**/segments/new?rule=*')
    await page
      .getByText(/clicked/)
      .first()
      .waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('Clicked in spring')
    await page.getByRole('button', { name: /Save/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Save|Create/ })
      .click()
    await page.waitForURL('**/segments/*/rule')
    const { body } = await pages.api.call<{ items: { name: string; rule: unknown }[] }>('get', '/segments')
    expect(body.items.find(({ name }) => name === 'Clicked in spring')?.rule).toEqual({
      ...{ fact: 'delivery', campaign: String(campaign), is: 'clicked' },
    })
  }, 60_000)

  test('what is shown comes as a file', async () => {
    await page.goto(`${pages.api.url}/deliveries?reaction=clicked`)
    await page.getByText('3 messages').waitFor()
    await page.getByRole('button', { name: 'Export' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV for programs' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    expect(download.suggestedFilename()).toMatch(/^messages-\d{4}-\d\d-\d\d\.csv$/)
    expect(text.trimEnd().split('\r\n')).toHaveLength(4)
  })

  test('says so when nothing matches, with the way back', async () => {
    await page.goto(`${pages.api.url}/deliveries?state=failed`)
    await page.getByRole('heading', { name: 'No message matches' }).waitFor()
    await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).last().click()
    await page.getByText('5 messages').waitFor()
  })

  test('fits a phone', async () => {
    page = await pages.visit('/deliveries', { viewport: { width: 390, height: 844 } })
    await items().first().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await seriousFaults(page)).toEqual([])
  })
})

test('the report of a mailing: its numbers lead to the messages they count', async () => {
  await page.goto(`${pages.api.url}/mailings/${campaign}`)
  const report = page.getByRole('region', { name: 'Report' })
  await report.getByRole('heading', { name: 'How far did it come?' }).waitFor()
  expect(await report.getByText('Of those asked for, 1 were left out', { exact: false }).count()).toBe(1)
  await report.getByRole('button', { name: 'As a table' }).first().click()
  await report.getByRole('table', { name: 'When was it read?' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await seriousFaults(page)).toEqual([])
  const links = report.getByRole('table', { name: 'Which links were followed?' })
  await links.getByRole('link', { name: '3' }).click()
  await inAddress('link', 'https://studio.test/plan?week=1&day=2')
  await page.getByText('3 messages').waitFor()
  await page.getByRole('button', { name: /^followed/ }).click()
  await page.getByText('5 messages').waitFor()
}, 60_000)

describe('communication', () => {
  test('shows a message as it was, in a frame that can do nothing', async () => {
    await page.goto(`${pages.api.url}/customers/c0?tab=communication`)
    await page.getByRole('button', { name: /Hello Name0/ }).click()
    await page
      .getByText('Followed a link', { exact: false })
      .or(page.getByText(/clicked/i))
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Show the message' }).click()
    const frame = page.locator('iframe')
    expect(await frame.getAttribute('sandbox')).toBe('')
    await page.frameLocator('iframe').getByText('Dear Name0').waitFor()
  }, 120_000)

  test('says what a customer was asked in a message, and answered', async () => {
    const { db } = pages.database
    const [{ id }] = await db('deliveries').select('id').orderBy('customer_id').limit(1)
    const detail = { survey: 'why-leave', answer: 'no-time', question: 'Why are you leaving?', label: 'No time' }
    await insertEvents(db, [{ delivery: id, type: 'answered', detail }], new Date())
    await page.goto(`${pages.api.url}/customers/c0?tab=communication`)
    await page.getByRole('button', { name: /Hello Name0/ }).click()
    await page.getByText('Why are you leaving? – No time').waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })

  test('says of what was not sent, why not', async () => {
    await page.goto(`${pages.api.url}/customers/c5?tab=communication`)
    await page.getByText(/^Left out:/).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByText('Sent', { exact: true }).click()
    await page.getByRole('heading', { name: 'No message matches' }).waitFor()
  })
})

test('the tags of one customer are changed where they stand', async () => {
  await page.goto(`${pages.api.url}/customers/c4`)
  const field = page.getByRole('combobox', { name: 'Tags of Name4 Sample' })
  await field.fill('likes tea')
  await page.keyboard.press('Enter')
  await page.getByText('The tags of 1 customer changed.').waitFor()
  const { body } = await pages.api.call<{ tags: string[] }>('get', '/customers/c4')
  expect(body.tags).toEqual(['likes tea'])
  await field.focus()
  await page.keyboard.press('Backspace')
  await until(async () => {
    const { body } = await pages.api.call<{ tags: string[] }>('get', '/customers/c4')
    return body.tags.length === 0
  })
})
