import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { rows } from '../../domain/database.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { addPerson, callAs } from '../support/people.ts'
import { playCampaign } from '../support/playCampaign.ts'
import { insertCustomers, recordingChannel } from '../support/sending.ts'
import { ADMIN } from '../support/signIn.ts'

const CUSTOMERS = 10
let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
  await insertCustomers(pages.database.db, CUSTOMERS)
  await addPerson(pages.database.db, 'second@studio.test')
}, 180_000)
afterAll(() => pages?.close())

/** The composer with these customers picked, and a mail written. */
async function compose(subject: string): Promise<void> {
  page = await pages.visit('/mailings')
  const customers = Array.from({ length: CUSTOMERS }, (_, index) => `c${index}`)
  const choice = { recipients: { customers }, count: CUSTOMERS, label: 'Ten customers' }
  await page.evaluate((stored) => sessionStorage.setItem('perennial.recipients', stored), JSON.stringify(choice))
  await page.goto(`${pages.api.url}/compose`)
  await page.getByRole('textbox', { name: 'Subject', exact: true }).click()
  await page.keyboard.type(subject)
  await page.keyboard.press('Enter')
  await page.keyboard.type('Come and see us, we have new courses.')
}

async function send(): Promise<number> {
  const button = page.getByRole('button', { name: /^Send to \d+ customers$/ })
  await button.first().click()
  await page.getByRole('dialog').getByTestId('checks').waitFor()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Send to/ })
    .click()
  await page.getByTestId('progress').waitFor()
  return Number(/mailing-(\d+)/.exec(page.url())?.[1])
}

/** What its workflow would do, as if the time to undo were over. */
async function play(campaign: number, recorded = recordingChannel()) {
  await pages.database.db('campaigns').where({ id: campaign }).update({ undo_until: null })
  await playCampaign(pages.database.db, campaign, { clock: { now: new Date() }, channel: recorded.channel })
  return recorded
}

test('a mail that was just sent is undone, costs nothing, and its text is there again', async () => {
  await compose('Too early')
  const campaign = await send()
  const undo = page.getByTestId('undo')
  await undo.waitFor()
  expect(await undo.textContent()).toMatch(/Goes out in \d+ seconds?\./)
  expect(await seriousFaults(page)).toEqual([])
  await undo.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Cancelled after 0').waitFor()
  const { taken } = await play(campaign)
  expect(taken).toHaveLength(0)
  expect(await rows(pages.database.db, 'SELECT 1 FROM deliveries WHERE campaign_id = ?', [campaign])).toEqual([])
  await page.getByRole('button', { name: 'Back to the text' }).click()
  await page.getByRole('textbox', { name: 'Text of the email' }).getByText('Come and see us').waitFor()
})

test('two subjects are compared to the end: tried, chosen by hand, and the others get the winner', async () => {
  await compose('First subject')
  await page.getByRole('switch', { name: 'Compare two messages' }).click()
  await page.getByRole('textbox', { name: 'Second subject' }).fill('Second subject')
  await page.getByLabel('Tried on').first().click()
  await page.getByRole('option', { name: '50% of the recipients' }).click()
  await page.getByLabel('What decides').first().click()
  await page.getByRole('option', { name: 'I do, by hand' }).click()
  await page.getByLabel('Held out to compare').fill('10')
  await page.getByTestId('left-out-holdout').waitFor()
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  const campaign = await send()
  const recorded = await play(campaign)
  // nine get it, one is held out; half of the nine try the two subjects
  expect(recorded.taken.map(({ subject }) => subject).sort()).toEqual([
    'First subject',
    'First subject',
    'Second subject',
    'Second subject',
  ])
  await page.goto(`${pages.api.url}/mailings/${campaign}`)
  const comparison = page.getByTestId('comparison')
  await comparison.waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await comparison.getByRole('button', { name: 'Send “Second subject” to all others' }).click()
  await comparison.getByText('winner', { exact: true }).waitFor()
  await play(campaign, recorded)
  expect(recorded.taken.map(({ subject }) => subject).slice(4)).toEqual(Array(5).fill('Second subject'))
  await page.getByText('9 of 9 sent').waitFor()
  await page.getByTestId('acts').getByText('Message B won').waitFor()
})

test('a large send is approved by a second person, and an edit voids that', async () => {
  await pages.api.call('put', '/settings', { approval_above: 5 })
  await compose('To many')
  const campaign = await send()
  await page.goto(`${pages.api.url}/mailings/${campaign}`)
  await page.getByTestId('approval').getByText('somebody else has to approve it').waitFor()
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)

  const second = await pages.browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' })
  const other = await second.newPage()
  await other.goto(`${pages.api.url}/mailings/${campaign}`)
  await other.getByLabel('Email').fill('second@studio.test')
  await other.getByLabel('Password', { exact: true }).fill(ADMIN.password)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await other.getByTestId('approval').getByText(`${ADMIN.email} wants to send this to 10 customers`).waitFor()
  expect(await seriousFaults(other)).toEqual([])

  // it is edited while the second person looks at it: what they approve is not what they saw
  const maker = await callAs(pages.api, ADMIN.email)
  type Order = { recipients: object; content: object }
  const { recipients, content } = (await maker<Order>('get', `/campaigns/${campaign}/order`)).body
  const later = new Date(Date.now() + 3_600_000).toISOString()
  const edit = (revision: number) =>
    maker<Campaign>('put', `/campaigns/${campaign}`, { ...recipients, content, send_at: later, revision })
  await other.route('**/api/v1/campaigns/*', (route) =>
    route.request().method() === 'GET' ? route.abort() : route.fallback(),
  )
  expect((await edit(1)).status).toBe(200)
  await other.getByRole('button', { name: 'Approve' }).click()
  await other.getByRole('alert').first().waitFor()
  await other.unroute('**/api/v1/campaigns/*')
  await other.reload()
  await other.getByRole('button', { name: 'Approve' }).click()
  await other.getByText('Goes out on').waitFor()
  expect((await edit(2)).body).toMatchObject({ state: 'awaiting_approval', approval: null })
  await other.getByRole('button', { name: 'Approve' }).waitFor()
  await other.getByTestId('acts').getByText('The edit voided the approval').waitFor()
  await second.close()
  await pages.api.call('put', '/settings', { approval_above: null })
})

test('who would get a mail later, and why, is said beside the recipients and before it goes', async () => {
  const { db } = pages.database
  await pages.api.call('put', '/settings', { quiet_hours: null, frequency_cap: { mails: 1, days: 30 } })
  // both of them have had one already, the others may have had some from the tests before
  await db('deliveries').update({ sent_at: null, due_at: new Date('2020-01-01') })
  const some = await db('deliveries').where({ test: 0 }).distinct('customer_id').limit(2).pluck('customer_id')
  for (const customer of some) {
    await db('deliveries').where({ customer_id: customer }).limit(1).update({ sent_at: new Date() })
  }
  expect(some).toHaveLength(2)
  await compose('Not now')
  await page
    .getByTestId('held-back')
    .getByText('2 of them would get it later: 2 because of the frequency cap.')
    .waitFor()

  const hour = (by: number) => {
    const at = new Date(Date.now() + by * 3_600_000)
    return new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(
      at,
    )
  }
  await pages.api.call('put', '/settings', { quiet_hours: { from: hour(-2), to: hour(2) } })
  await page
    .getByRole('button', { name: /^Send to \d+ customers$/ })
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByText(/^10 of them would get it later: quiet hours until \d\d:\d\d.* and 2 because of the frequency cap\.$/)
    .waitFor()
  await pages.api.call('put', '/settings', { quiet_hours: null, frequency_cap: null })
})

test('an audience shows its contacts and criteria, and one is taken out after a question', async () => {
  const customers = ['c0', 'c1', 'c2', 'nobody']
  const content = { subject: 'Kept', html: '<p>Hello</p>' }
  const { body } = await pages.api.call<Campaign>('post', '/campaigns', { customers, content, name: 'Kept list' })
  const frozen = await import('../../domain/campaigns/freezeAudience.ts')
  await frozen.freezeAudience(pages.database.db, Number(body.id), new Date())
  page = await pages.visit('/audiences')
  await page.getByRole('link', { name: 'Kept list' }).click()
  await page.getByRole('link', { name: 'First1 Last' }).waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Take First1 Last out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click()
  await page.getByRole('link', { name: 'First1 Last' }).waitFor({ state: 'detached' })
  const [delivery] = await rows<{ state: string; reason: string }>(
    pages.database.db,
    `SELECT d.state, d.reason FROM deliveries d JOIN customers c ON c.id = d.customer_id
     WHERE d.campaign_id = ? AND c.external_id = 'c1'`,
    [body.id],
  )
  expect(delivery).toEqual({ state: 'cancelled', reason: 'taken_out' })
  await page.getByRole('tab', { name: 'Criteria' }).click()
  await page.getByText('4 customers were picked or named in a list.').waitFor()
})

test('the rule of an audience is drawn as it was', async () => {
  await pages.api.call('post', '/segments', {
    id: 'old',
    name: 'Old rule',
    rule: { fact: 'booking_count', is: '>', value: 2 },
  })
  const content = { subject: 'Ruled', html: '<p>Hello</p>' }
  const { body } = await pages.api.call<Campaign>('post', '/campaigns', { segment: 'old', content, name: 'Ruled' })
  const frozen = await import('../../domain/campaigns/freezeAudience.ts')
  await frozen.freezeAudience(pages.database.db, Number(body.id), new Date())
  await pages.api.call('patch', '/segments/old', { rule: { all: [] } })
  page = await pages.visit('/audiences')
  await page.getByRole('link', { name: 'Ruled' }).click()
  await page.getByRole('tab', { name: 'Criteria' }).click()
  await page.getByText('version 1 of its rule').waitFor()
  await page.locator('[data-card="condition:"]').waitFor()
  expect(await seriousFaults(page)).toEqual([])
})

test('a pasted list says which lines name nobody, and the others are written to', async () => {
  page = await pages.visit('/mailings')
  await page.getByRole('button', { name: 'Write to a list' }).click()
  await page.getByRole('textbox', { name: 'Customers' }).fill('c1\nsomebody else\nc2@mail.test')
  await page.getByRole('button', { name: 'Read the list' }).click()
  await page.getByText('line 2: somebody else').waitFor()
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Write to 2 customers' }).click()
  await page.getByRole('button', { name: 'Send to 2 customers' }).waitFor()
})
