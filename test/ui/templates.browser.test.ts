import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import type { Template } from '../../api/contract/templates.ts'
import { seriousFaults } from '../support/browser.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { until } from '../support/until.ts'

/** The first picture needs a thread that has to load MJML first. */
const PATIENCE = 60_000
const EMPTY = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>Hello there</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`

let pages: TestPages
let page: Page
let number = 0

beforeAll(async () => {
  pages = await servePages()
}, 300_000)
afterAll(() => pages?.close())

beforeEach(async () => {
  page = await pages.visit('/templates')
})

async function make(mjml = EMPTY, publish = false): Promise<string> {
  number++
  const body = { name: `Template ${number}`, mjml, subject: 'Hello', language: 'en', publish }
  return (await pages.api.call<Template>('post', '/templates', body)).body.id
}

const draftOf = async (id: string) => (await pages.api.call<Template>('get', `/templates/${id}`)).body.draft
const source = async (id: string) => (await draftOf(id))?.content.mjml ?? ''

async function open(id: string): Promise<void> {
  await page.goto(`${pages.api.url}/templates/${id}`)
  await picture().waitFor({ timeout: PATIENCE })
  await until(async () => (await page.locator('[data-stale]').count()) === 0)
}

const picture = () => page.getByTitle('The mail as it will look')
const outline = () => page.getByRole('tree', { name: 'Blocks of the template' })
const row = (name: string | RegExp) => outline().getByRole('treeitem', { name })
const block = (name: string) =>
  page.getByRole('list', { name: 'Blocks to put in' }).getByRole('button', { name, exact: true })

/** Where the words of a block are on the page. */
async function centreOf(words: string): Promise<{ x: number; y: number }> {
  const element = page.frameLocator('iframe').getByText(words).first()
  await element.waitFor({ timeout: PATIENCE })
  const box = await element.boundingBox()
  if (!box) throw new Error(`${words} is not in the picture`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function drag(from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = await from.boundingBox()
  if (!box) throw new Error('Nothing to drag')
  await page.mouse.move(box.x + 12, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 40, box.y + 40, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.move(to.x, to.y + 1)
  await page.waitForTimeout(150)
  await page.mouse.up()
}

describe('the visual editor', () => {
  test('by mouse: a block is dragged in, its words are changed where they were clicked, undone by name', async () => {
    const id = await make()
    await open(id)
    const words = await centreOf('Hello there')
    await drag(block('Button'), { x: words.x, y: words.y + 14 })
    await row(/Button/).waitFor()
    await page.getByText('Button put in').first().waitFor()
    await until(async () => (await source(id)).includes('Hello there</mj-text>\n        <mj-button'))

    const first = await centreOf('Hello there')
    await page.mouse.click(first.x, first.y)
    await page.getByRole('heading', { name: 'Text', level: 2 }).waitFor()
    const text = page.getByRole('textbox', { name: 'Words of the block: Text' })
    await text.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Good morning, ')
    await page.keyboard.type('{')
    await page.getByRole('dialog').getByRole('button', { name: 'Insert' }).click()
    await until(async () => /Good morning, \{\{ customer.first_name \}\}/.test(await source(id)))
    await page.frameLocator('iframe').getByText('Good morning, Anna').waitFor({ timeout: PATIENCE })
    expect(await seriousFaults(page, 'iframe')).toEqual([])

    await page.getByRole('button', { name: 'Undo: Text: words' }).click()
    await page.getByRole('button', { name: 'Undo: Button put in' }).click()
    await until(async () => (await source(id)) === EMPTY)
    await page.getByRole('button', { name: 'Redo: Button put in' }).click()
    await row(/Button/).waitFor()
  }, 300_000)

  test('by keyboard: a template is made from nothing, published, and looked at', async () => {
    await page.goto(`${pages.api.url}/templates/new`)
    await page.getByRole('button', { name: /^Empty/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    await page.keyboard.type('By keys')
    await page.keyboard.press('Enter')
    await picture().waitFor({ timeout: PATIENCE })

    await page.getByRole('textbox', { name: 'Subject' }).focus()
    await page.keyboard.type('Written by keys')
    await row('Template').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Words of the block: Text' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('First words')
    await row(/First words/).focus()
    await page.keyboard.press('/')
    await block('Section').and(page.locator(':focus')).waitFor()
    await block('Line').focus()
    await page.keyboard.press('Enter')
    await row(/^Line/).waitFor()

    // moved up over the words, then one more of it, and that one taken away
    await row(/^Line/).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.getByText('Line moved').first().waitFor()
    await page.keyboard.press('Control+D')
    await until(async () => (await row(/^Line/).count()) === 2)
    await page.keyboard.press('Delete')
    await until(async () => (await row(/^Line/).count()) === 1)

    // picked up with Space, carried past the words, put down
    await row(/^Line/).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.getByText('After: Text First words').waitFor({ state: 'attached' })
    await page.keyboard.press('Enter')
    await until(async () => /First words<\/mj-text>\s*<mj-divider/.test(await source('by-keys')))

    await until(async () => page.getByRole('button', { name: 'Publish…' }).isEnabled())
    await page.getByRole('button', { name: 'Publish…' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).waitFor()
    expect(await seriousFaults(page, 'iframe')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Version 1 is published.').waitFor()
    expect((await pages.api.call<Template>('get', '/templates/by-keys')).body).toMatchObject({
      version: 1,
      draft: null,
    })
  }, 300_000)

  test('opened and left without an edit, a template is what it was to the last character', async () => {
    const odd = EMPTY.replace(
      '<mj-text>Hello there</mj-text>',
      `<mj-raw><MY-Thing\tX='1'  ></MY-Thing></mj-raw><mj-text   color = 'red'>Hi&nbsp;you</mj-text>`,
    ).replaceAll('\n', '\r\n')
    const id = await make(odd, true)
    await open(id)
    await row(/Hi/).click()
    await page.getByRole('textbox', { name: 'Words of the block: Text' }).waitFor()
    await row(/Raw block/).click()
    await page.getByLabel('Source of the block').waitFor()
    await page.locator('label', { hasText: 'Source' }).first().click()
    await page.getByRole('textbox', { name: 'Source of the template' }).waitFor({ timeout: PATIENCE })
    await page.locator('label', { hasText: 'Preview' }).first().click()
    await page.getByTestId('preview-subject').waitFor()
    await page.waitForTimeout(900)
    const { body } = await pages.api.call<Template>('get', `/templates/${id}`)
    expect(body.draft).toBeNull()
    expect(body.content?.mjml).toBe(odd)
  }, 120_000)
})

describe('the source', () => {
  test('shows a mistake at its line, keeps selection and undo of the visual editor, and knows what can stand where', async () => {
    const id = await make()
    await open(id)
    await row(/Hello there/).click()
    await page.getByLabel('Text size').fill('20px')
    await page.locator('label', { hasText: 'Source' }).first().click()
    const code = page.getByRole('textbox', { name: 'Source of the template' })
    await code.waitFor({ timeout: PATIENCE })
    // the line of the block that was selected
    await until(async () => (await page.locator('.cm-activeLine').textContent())?.includes('font-size="20px"') ?? false)
    expect(await seriousFaults(page, 'iframe')).toEqual([])
    await code.focus()
    await page.keyboard.press('Home')
    await page.keyboard.insertText('<mj-buton>x</mj-buton>')
    const problem = page
      .getByRole('list', { name: 'Mistakes and hints' })
      .getByRole('button', { name: /Line 5, column 1 .*mj-button/ })
    await problem.waitFor({ timeout: PATIENCE })
    await page.locator('.cm-lintRange-error').first().waitFor()
    expect(await page.getByRole('button', { name: 'Publish…' }).isDisabled()).toBe(true)

    await page.locator('label', { hasText: 'Visual' }).first().click()
    await page.getByRole('list', { name: 'Mistakes and hints' }).getByRole('button').first().click()
    await code.and(page.locator(':focus')).waitFor({ timeout: PATIENCE })
    await page.getByRole('button', { name: 'Undo: Source' }).click()
    await until(async () => (await page.locator('.cm-lintRange-error').count()) === 0)
    await page.getByRole('button', { name: /Undo: Text: Text size/ }).click()
    await until(async () => (await source(id)) === EMPTY)

    await code.focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.keyboard.type('<mj-co', { delay: 20 })
    await page.locator('.cm-tooltip-autocomplete').getByText('mj-column').waitFor()
  }, 300_000)
})

describe('a template', () => {
  test('is looked at narrow, dark, without pictures and as text, with values of one’s own', async () => {
    const id = await make(
      EMPTY.replace('Hello there', '{{ customer.first_name }} <img src="https://example.org/x.png" alt="x">'),
    )
    await open(id)
    await page.locator('label', { hasText: 'Preview' }).first().click()
    const frame = page.getByTitle('The email as the recipient sees it')
    await frame.waitFor()
    // no scripts, no origin, nothing of ours
    expect(await frame.getAttribute('sandbox')).toBe('')
    await page.getByLabel('Pictures off').check()
    expect(await frame.getAttribute('srcdoc')).toContain("img-src 'none'")
    await page.getByLabel('Dark').check()
    expect(await frame.getAttribute('srcdoc')).toContain('invert(1)')
    expect(await seriousFaults(page, 'iframe')).toEqual([])
    await page.locator('label', { hasText: 'Test data' }).click()
    await page.getByLabel('First name').fill('Zoë')
    await page.locator('label', { hasText: 'Plain text' }).click()
    await until(async () => (await page.getByRole('textbox', { name: 'Plain text' }).inputValue()).includes('Zoë'))
    await page.getByRole('button', { name: 'Write it by hand' }).click()
    await page.getByRole('textbox', { name: 'Plain text' }).fill('By hand')
    await until(async () => (await draftOf(id))?.content.text === 'By hand')
    expect((await draftOf(id))?.content.test_data).toEqual({ customer: { first_name: 'Zoë' } })
  }, 120_000)

  test('of which somebody else keeps a draft is not written over unseen', async () => {
    const id = await make(EMPTY, true)
    await open(id)
    const theirs = EMPTY.replace('Hello there', 'Theirs')
    const content = { mjml: theirs, subject: 'Hello' }
    await pages.api.call('put', `/templates/${id}/draft`, { content, base_version: 1 })
    await row(/Hello there/).click()
    await page.getByLabel('Text size').fill('20px')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('kept another draft').waitFor()
    await dialog.getByRole('button', { name: 'Take theirs' }).click()
    await row(/Theirs/).waitFor()
    await page.getByRole('button', { name: 'Undo: Draft' }).click()
    await until(async () => (await source(id)).includes('font-size="20px"'))
  }, 120_000)

  test('is compared with what it was, taken up again, put away and found', async () => {
    const id = await make(EMPTY, true)
    await pages.api.call('post', `/templates/${id}/publish`, {
      content: { mjml: EMPTY.replace('Hello there', 'Second'), subject: 'Hello again' },
      base_version: 1,
    })
    await page.goto(`${pages.api.url}/templates/${id}/versions`)
    const second = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Version 2' }) })
    await second.getByRole('button', { name: 'Compare…' }).click()
    await page.getByRole('dialog').getByRole('list', { name: 'What changed' }).waitFor()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /lines? of the source/ })
      .click()
    await page.getByRole('dialog').getByText('Second').first().waitFor()
    expect(await seriousFaults(page, 'iframe')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    const first = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Version 1' }) })
    await first.getByRole('button', { name: 'Take up again…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Publish version 3' }).click()
    await page.getByText('version 1 taken up again').waitFor()

    const name = `Template ${number}`
    await page.goto(`${pages.api.url}/templates`)
    await page.getByRole('button', { name: `What to do with “${name}”` }).click()
    await page.getByRole('menuitem', { name: 'Put away' }).click()
    await page.getByRole('link', { name, exact: true }).waitFor({ state: 'hidden' })
    await page.locator('label', { hasText: 'Put away' }).click()
    await page.getByRole('link', { name, exact: true }).waitFor()
    expect(await seriousFaults(page, 'iframe')).toEqual([])
  }, 120_000)
})

test('a mail is made of a template in the composer, under a subject of its own', async () => {
  const id = await make(EMPTY, true)
  await pages.api.call('post', '/ingest', {
    customers: [{ id: 'ada', first_name: 'Ada', last_name: 'M', email: 'ada@mail.test', consents: { email: true } }],
  })
  const choice = { recipients: { customers: ['ada'] }, count: 1, label: 'Ada' }
  await page.evaluate((stored) => sessionStorage.setItem('perennial.recipients', stored), JSON.stringify(choice))
  await page.goto(`${pages.api.url}/compose`)
  await page.getByRole('button', { name: 'Use a template…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Template ${number}` })
    .click()
  await page.getByTestId('chosen-template').getByText(`Template ${number}`).waitFor()
  await page.frameLocator('iframe').getByText('Hello there').waitFor({ timeout: PATIENCE })
  expect(await seriousFaults(page, 'iframe')).toEqual([])
  await page.reload()
  await page.getByTestId('chosen-template').waitFor()
  await page.getByRole('textbox', { name: 'Subject' }).click()
  await page.keyboard.type('Only for you')
  await page.getByRole('button', { name: 'Send to 1 customer' }).click()
  await page.getByRole('dialog').getByText('Only for you').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Send to 1 customer' }).click()
  await page.waitForURL(/mailing-/)
  const { body } = await pages.api.call<{ items: { subject: string; template?: unknown }[] }>('get', '/campaigns')
  expect(body.items[0]?.subject).toBe('Only for you')
  expect(id).not.toBe('')
}, 120_000)
