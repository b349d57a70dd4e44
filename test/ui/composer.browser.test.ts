import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { rows } from '../../domain/database.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { signIn } from '../support/signIn.ts'

let pages: TestPages
let context: BrowserContext
let page: Page

const subject = () => page.getByRole('textbox', { name: 'Subject' })
const body = () => page.getByRole('textbox', { name: 'Text of the email' })
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.html`, import.meta.url), 'utf8')
/** What is on the page is kept by the server, where every browser finds it. */
const KEPT = '[data-testid="draft-state"][data-server]'

beforeAll(async () => {
  pages = await servePages()
  const consents = { email: true }
  await pages.api.call('post', '/ingest', {
    customers: [
      { id: 'ada', first_name: 'Ada', last_name: 'Moreau', email: 'ada@mail.test', consents },
      { id: 'ben', first_name: 'Ben', last_name: 'Keller', email: 'ben@mail.test', consents },
      { id: 'cleo', first_name: 'Cleo', last_name: 'Conti', consents },
    ],
  })
}, 180_000)
afterAll(() => pages?.close())

/** A browser without drafts, signed in, with three customers picked of whom one has no address. */
beforeEach(async () => {
  await context?.close()
  context = await pages.browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  page = await context.newPage()
  await signIn(page, `${pages.api.url}/mailings`)
  // a window that was closed may have been keeping its draft
  await pages.database.db('campaign_drafts').delete()
  await compose(page)
})

async function compose(window: Page): Promise<void> {
  const choice = { recipients: { customers: ['ada', 'ben', 'cleo'] }, count: 3, label: 'Three customers' }
  await window.evaluate((stored) => sessionStorage.setItem('perennial.recipients', stored), JSON.stringify(choice))
  await window.goto(`${pages.api.url}/compose`)
  await window.getByRole('textbox', { name: 'Text of the email' }).waitFor()
}

/** What Ctrl V does when this is on the clipboard. */
async function paste(field: Locator, content: { html?: string; text: string }): Promise<void> {
  await field.focus()
  await field.evaluate((element, { html, text }) => {
    const clipboardData = new DataTransfer()
    if (html !== undefined) clipboardData.setData('text/html', html)
    clipboardData.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, content)
}

async function write(subjectText: string, bodyText: string): Promise<void> {
  await subject().click()
  await page.keyboard.type(subjectText)
  await page.keyboard.press('Enter')
  await page.keyboard.type(bodyText)
}

async function confirmSending(): Promise<void> {
  await page.getByRole('button', { name: 'Send to 2 customers' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send to 2 customers' }).click()
}

const campaigns = () =>
  rows<{ subject: string; document: string }>(pages.database.db, 'SELECT subject, document FROM campaigns')

test('what is pasted from Word is clean, the note says what was changed, and a reload keeps it', async () => {
  await write('News 🌿', 'Hello')
  await page.keyboard.press('Enter')
  await paste(body(), { html: fixture('word'), text: 'not this' })
  const shown = 'h1:has-text("Unser Herbst im Studio"), ul ul li, ol a[href="https://studio.test/kurse"]'
  expect(await body().locator(shown).count()).toBe(3)
  await expectSoon(() => page.getByTestId('paste-report').textContent(), '1 image was left out. 2 lists were rebuilt.')
  expect(await page.getByTestId('draft-state').textContent()).toMatch(/^Draft kept · /)

  await page.reload()
  await body().waitFor()
  expect(await body().locator(shown).count()).toBe(3)
  expect(await subject().textContent()).toContain('News 🌿')
})

test('plain text keeps its lines, and a picture alone is refused with a note', async () => {
  await paste(body(), { text: 'one\ntwo\n\n- a\n- b' })
  expect(await body().locator('p').first().innerHTML()).toBe('one<br>two')
  expect(await body().locator('ul > li').count()).toBe(2)
  await body().evaluate((element) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(['x'], 'photo.png', { type: 'image/png' }))
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expectSoon(() => page.getByTestId('paste-report').textContent(), '1 image was left out.')
})

test('a merge tag is put in and changed by keyboard, and the preview fills it in', async () => {
  await subject().click()
  await page.keyboard.type('For {')
  // the keys are for the form once it has the focus
  await page.getByRole('dialog', { name: 'Insert a merge tag' }).locator('input[type=radio]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Insert a merge tag' }).locator('input:not([type=radio]):focus').waitFor()
  await page.keyboard.type('you')
  await page.keyboard.press('Enter')
  await body().click()
  await page.keyboard.type('Text')
  await expectSoon(() => page.getByTestId('preview-subject').textContent(), 'For Ada')
  await page.getByRole('button', { name: 'Next recipient' }).click()
  await expectSoon(() => page.getByTestId('preview-subject').textContent(), 'For Ben')

  await subject().click()
  // the editor learns of a moved selection a moment after the browser: keys that came too early are pressed again
  await expectSoon(async () => {
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    return String(await subject().locator('.ProseMirror-selectednode').count())
  }, '1')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Change the merge tag' }).waitFor()
})

test('a link is completed, checked and warned of', async () => {
  await write('Links', 'Here: ')
  await page.keyboard.press('Control+k')
  const address = page.getByRole('textbox', { name: 'Address' })
  await address.fill('javascript:alert(1)')
  await expectSoon(() => page.getByRole('dialog').textContent(), 'Links may begin with https, http, mailto and tel.')
  await address.fill('localhost:3000')
  await expectSoon(() => page.getByRole('dialog').textContent(), 'works on your own computer')
  await address.fill('studio.test/plan')
  await address.press('Enter')
  expect(await body().locator('a').getAttribute('href')).toBe('https://studio.test/plan')
})

test('a double click, a lost connection and a reload make one mailing, and the draft goes only then', async () => {
  await write('Only once', 'Text')
  const keys: (string | undefined)[] = []
  await page.route('**/api/v1/campaigns', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    keys.push(route.request().headers()['idempotency-key'])
    if (keys.length > 2) return route.fallback()
    // The first one arrives and is worked on, but its answer is lost; the second never arrives.
    if (keys.length === 1) await route.fetch()
    return route.abort()
  })
  await page.getByRole('button', { name: 'Send to 2 customers' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send to 2 customers' }).dblclick()
  await page.getByTestId('pending').waitFor()
  expect(await body().getAttribute('contenteditable')).toBe('false')

  await page.reload()
  await page.getByRole('button', { name: 'Ask again' }).click()
  await expectSoon(async () => String(keys.length), '2')
  expect(await body().textContent()).toBe('Text')
  await page.getByRole('button', { name: 'Ask again' }).click()
  await page.getByTestId('progress').waitFor()

  expect(new Set(keys).size).toBe(1)
  expect((await campaigns()).filter((campaign) => campaign.subject === 'Only once')).toHaveLength(1)
  const drafts = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('perennial.')))
  await expectSoon(async () => `drafts: ${(await drafts()).join()}.`, 'drafts: .')
  await page.reload()
  await page.getByTestId('progress').waitFor()
})

test('who is left out is told with the reason, and the reason opens its customers', async () => {
  await expectSoon(() => page.getByTestId('recipients-total').textContent(), '2')
  await page.getByRole('button', { name: /no address/ }).click()
  await page.getByRole('link', { name: 'Cleo Conti' }).waitFor()
  await write('Hi', 'Text')
  await page.getByRole('button', { name: 'Send to 2 customers' }).click()
  await expectSoon(() => page.getByRole('dialog').textContent(), '1 no address')
})

test('what the server refuses stands where it belongs, and nothing is lost', async () => {
  await write('Odd', 'one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  await page.route('**/api/v1/campaigns', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 400,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: 'invalid',
            errors: [
              { path: '/content/subject', message: 'An odd subject' },
              { path: '/content/document/content/1/content/0', message: 'A word too much' },
            ],
          }),
        })
      : route.fallback(),
  )
  await confirmSending()
  await page.getByRole('button', { name: 'A word too much' }).click()
  await expectSoon(() => page.evaluate(() => getSelection()?.toString() ?? ''), 'two')
  expect(await subject().getAttribute('aria-invalid')).toBe('true')
  await expectSoon(() => page.getByTestId('draft-state').textContent(), 'Draft kept')
})

test('a discarded draft comes back, another window is noticed, a full storage is told', async () => {
  await write('Draft', 'Mine')
  await page.getByRole('button', { name: 'Discard draft' }).click()
  expect(await body().textContent()).toBe('')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  expect(await body().textContent()).toBe('Mine')
  // the other window begins with what this one has kept
  await page.locator(KEPT).waitFor()

  const other = await context.newPage()
  await other.goto(`${pages.api.url}/mailings`)
  await compose(other)
  await other.getByRole('textbox', { name: 'Text of the email' }).click()
  await other.keyboard.press('Control+End')
  // each stroke is told to the first window by itself: the last one has to be there before it is shown
  await page.evaluate(() =>
    addEventListener('storage', ({ newValue }) => {
      if (newValue?.includes(' and theirs')) document.body.dataset.heard = 'all'
    }),
  )
  await other.keyboard.type(' and theirs')
  await page.locator('body[data-heard="all"]').waitFor()
  // taken over before the server has it, it would be changed there once more behind this window's back
  await other.locator(KEPT).waitFor()
  await page.getByRole('button', { name: 'Show that one' }).click()
  expect(await body().textContent()).toBe('Mine and theirs')

  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
  })
  await page.route('**/api/v1/campaign-drafts/**', (route) => route.abort())
  await body().click()
  await page.keyboard.type('!')
  await expectSoon(() => page.getByTestId('draft-state').textContent(), 'storage is full')
  // what the browser can't keep, the server does
  await page.unroute('**/api/v1/campaign-drafts/**')
  await page.locator(KEPT).waitFor()
  await expectSoon(() => page.getByTestId('draft-state').textContent(), 'Draft kept')
})

test.each([
  ['light', 1280],
  ['dark', 390],
] as const)(
  'axe finds nothing serious (%s, %i wide)',
  async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 844 })
    await subject().click()
    await page.keyboard.type('For {')
    await page.getByRole('dialog').waitFor()
    expect(await seriousFaults(page, 'iframe')).toEqual([])
    await page.keyboard.press('Escape')
    await paste(body(), { html: fixture('web'), text: '' })
    await page.getByRole('button', { name: 'Send to 2 customers' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await seriousFaults(page, 'iframe')).toEqual([])
  },
  180_000,
)

/** Waits up to ten seconds until a text on the page contains what is expected. */
async function expectSoon(read: () => Promise<string | null>, expected: string): Promise<void> {
  const until = Date.now() + 10_000
  let seen = ''
  while (!seen.includes(expected) && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    seen = (await read().catch(String)) ?? ''
  }
  expect(seen).toContain(expected)
}
