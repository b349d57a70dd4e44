import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { pasteInto } from '../support/pasteInto.ts'
import { ADMIN, ADMIN_ENV, signIn } from '../support/signIn.ts'
import { eventually, RunningSystem } from '../support/system.ts'

// whole systems are started here, beside whatever else the machine does
jest.setTimeout(180_000)

// The sentence that the whole project is for, in a browser: a newcomer opens a segment of a studio, writes to some of its
// members, and sees what became of it. On the database server of the test run, so that it holds on MySQL and MariaDB.

const DAY = 86_400_000
const SUBJECT = 'We miss you 🌿'
/** As Word puts a paragraph, a list item and a link on the clipboard, with a script that somebody smuggled in. */
const FROM_WORD = `
  <p class=MsoNormal style="color:red;font-family:Papyrus">Dear friend 🧘‍♀️, für Dich:</p>
  <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>a mat of your own</p>
  <p><b>Come</b> and <a href="https://studio.example/plan">see the plan</a><script>alert(1)</script></p>`

let database: TestDatabase
let system: RunningSystem
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  database = await createTestDatabase()
  system = await RunningSystem.start({ env: { ...ADMIN_ENV, DATABASE_URL: database.url, PERENNIAL_DEMO: '1' } })
  browser = await openBrowser()
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(20_000)
  // where the mail's link leads to is not ours
  await context.route('https://studio.example/**', (route) => route.fulfill({ body: 'The plan of the week' }))
  page = await context.newPage()
  await addThreeWhoSlipAway()
}, 240_000)

afterAll(async () => {
  await browser?.close()
  await system?.stop()
  await system?.remove()
  await database?.drop()
})

/** Three customers of one aggregator, one with an address that bounces: the booking system sends them while we look on. */
async function addThreeWhoSlipAway(): Promise<void> {
  const people = { anna: 'anna@job.test', bea: 'bea@bounce.test', cleo: 'cleo@job.test' }
  await system.call('POST', '/ingest', {
    customers: Object.entries(people).map(([id, email]) => ({
      ...{ id, email, first_name: id, last_name: 'Sample', aggregator: 'Job circle', consents: { email: true } },
    })),
    bookings: Object.keys(people).map((customer) => ({
      ...{ id: `visit-${customer}`, customer, state: 'attended' },
      starts_at: new Date(Date.now() - 20 * DAY).toISOString(),
    })),
  })
  const members = '/segments/slipping-away/members?aggregator=Job+circle'
  await eventually(
    () => system.call<{ items: unknown[] }>('GET', members),
    ({ items }) => items.length === 3,
  )
}

/** From the segment to the composer: filter, pick all on the page, write. */
async function writeToJobCircle(): Promise<void> {
  await page.goto(`${system.url}/segments/slipping-away`)
  await page.getByRole('button', { name: 'Aggregator: any' }).click()
  await page.getByRole('checkbox', { name: 'Job circle 3' }).check()
  await page.keyboard.press('Escape')
  await page.getByRole('checkbox', { name: 'Pick all 3 on the page' }).check()
  await page.getByRole('button', { name: 'Write email to 3 customers' }).click()
}

/** Opens a customer's history by the name in the segment. */
async function openHistory(name: string): Promise<void> {
  await page.goto(`${system.url}/segments/slipping-away?aggregator=Job+circle`)
  await page.getByRole('link', { name }).click()
  await page.getByRole('tab', { name: 'Communication', selected: true }).waitFor()
}

test('sign in, and the live segments of a studio are there', async () => {
  await signIn(page, system.url)
  await page.getByRole('region', { name: 'What has changed since yesterday' }).waitFor()
  await page.getByRole('link', { name: 'Segments', exact: true }).click()
  await page.getByRole('link', { name: 'Slipping away' }).waitFor()
  // behind the head of the table; those of each provider are the group after them
  expect(await page.getByRole('rowgroup').nth(1).getByRole('row').count()).toBe(6)
  await page.getByText('all systems running').waitFor()
})

test('segment, filter, pick, compose with pasted rich text and emoji, test send', async () => {
  await page.getByRole('link', { name: 'Slipping away' }).click()
  await writeToJobCircle()
  await page.getByRole('textbox', { name: 'Subject' }).fill(SUBJECT)
  const text = page.getByRole('textbox', { name: 'Text of the email' })
  await pasteInto(text, FROM_WORD)

  await text.getByRole('listitem').getByText('a mat of your own').waitFor()
  await text.getByText('Dear friend 🧘‍♀️, für Dich:').waitFor()
  expect(await text.innerHTML()).not.toMatch(/Papyrus|script|mso/)
  await page.getByText('Draft kept').waitFor()
  await page.reload()
  await text.getByText('Dear friend 🧘‍♀️, für Dich:').waitFor()

  await page.getByRole('button', { name: 'Send a test to myself' }).click()
  await page.getByText(`Sent to ${ADMIN.email}`).waitFor()
})

test('send, after seeing to how many, and watch it to the end', async () => {
  await page.getByRole('button', { name: 'Send to 3 customers' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send this email?' })
  await dialog.getByText('3 customers').first().waitFor()
  await dialog.getByRole('button', { name: 'Send to 3 customers' }).click()
  await page.getByText('All done: 2 of 3 sent').waitFor()
})

test('the mail is in the inbox; opened and clicked there, both are in the customer’s history', async () => {
  await page.getByRole('link', { name: 'Inbox' }).click()
  await page.getByRole('link', { name: new RegExp(`${ADMIN.email}.*\\[Test\\]`) }).waitFor()
  await page.getByRole('link', { name: /anna@job\.test/ }).click()
  const mail = page.frameLocator('iframe')
  await mail.getByText('Dear friend 🧘‍♀️, für Dich:').waitFor()
  const opened = context.waitForEvent('page')
  await mail.getByRole('link', { name: 'see the plan' }).click()
  await (await opened).waitForURL('https://studio.example/plan')
  await (await opened).close()

  await openHistory('anna Sample')
  await page.getByRole('button', { name: new RegExp(`${SUBJECT}.*clicked`) }).click()
  const events = page.getByRole('list', { name: 'What happened' })
  for (const event of ['delivered', 'opened', 'clicked']) await events.getByText(event).first().waitFor()
})

test('an address that is refused shows the words of the mail server', async () => {
  await openHistory('bea Sample')
  await page.getByRole('button', { name: /550 5\.1\.1 <bea@bounce\.test>: there is no such mailbox/ }).waitFor()
})

test('who unsubscribes, and whose address bounced, is left out of the next one', async () => {
  const { items } = await system.call<{ items: { id: string; to: string }[] }>('GET', '/inbox?text=cleo')
  const { html } = await system.call<{ html: string }>('GET', `/inbox/${items[0]?.id}`)
  const customer = await context.newPage()
  await customer.goto(/http[^"]*\/u\/[^"]*/.exec(html)?.[0] ?? '')
  await customer.getByRole('button', { name: 'Unsubscribe' }).click()
  await customer.getByText('unsubscribed').first().waitFor()
  await customer.close()

  await writeToJobCircle()
  const recipients = page.getByRole('region', { name: 'Recipients' })
  await recipients.getByText('unsubscribed').first().waitFor()
  await page.getByRole('button', { name: 'Send to 1 customer' }).waitFor()
})
