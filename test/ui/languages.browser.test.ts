import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { createIntl, type IntlShape } from 'react-intl'
import { execute, rows } from '../../domain/database.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { fallbackMessages, loadCatalogue, type MessageId } from '../../ui/messages/index.ts'
import { follow, tabTo } from '../support/byKeyboard.ts'
import { servePages, type TestPages } from '../support/pages.ts'
import { playCampaign } from '../support/playCampaign.ts'
import { recordingChannel } from '../support/sending.ts'
import { ADMIN } from '../support/signIn.ts'

let pages: TestPages
let page: Page

beforeAll(async () => {
  pages = await servePages()
}, 180_000)
afterAll(() => pages?.close())

/** Opens the sign-in page in a browser of its own. */
async function visit(options: BrowserContextOptions): Promise<void> {
  const context = await pages.browser.newContext({ reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(10_000)
  page = await context.newPage()
  await page.goto(`${pages.api.url}/segments`)
}

async function signInAs(email: string, password: string, submit: string): Promise<void> {
  await page.getByLabel(email, { exact: true }).fill(ADMIN.email)
  await page.getByLabel(password, { exact: true }).fill(ADMIN.password)
  await page.getByRole('button', { name: submit }).click()
}

const spoken = () => page.evaluate(() => document.documentElement.lang)
const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

test('The browser’s language is spoken at first; one that is chosen is spoken at once and remembered', async () => {
  await visit({ locale: 'fr-CH' })
  await page.getByRole('button', { name: 'Se connecter' }).waitFor()
  expect(await spoken()).toBe('fr')
  await page.getByLabel('Langue').selectOption('de')
  await signInAs('E-Mail', 'Passwort', 'Anmelden')
  await heading('Segmente')
  expect(await spoken()).toBe('de')

  await page.getByRole('button', { name: /Konto und Darstellung/ }).click()
  await page.getByRole('menuitemradio', { name: 'Italiano' }).click()
  await heading('Segmenti')
  await page.reload()
  await heading('Segmenti')
  expect(await spoken()).toBe('it')
})

test('Where the browser has none of the languages, the business’s is spoken after signing in', async () => {
  await pages.database.db.raw("UPDATE settings SET language = 'de'")
  await visit({ locale: 'pt-BR' })
  await signInAs('Email', 'Password', 'Sign in')
  await heading('Segmente')
  await pages.database.db.raw("UPDATE settings SET language = 'en'")
})

test('A language that cannot be loaded leaves the pages in English', async () => {
  const context = await pages.browser.newContext({ locale: 'de-DE', reducedMotion: 'reduce' })
  page = await context.newPage()
  await page.route(/\/assets\/de-[^/]+\.js$/, (route) => route.abort())
  await page.goto(`${pages.api.url}/segments`)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await spoken()).toBe('en')
})

describe('the main job, by keyboard alone', () => {
  const people = ['Anna', 'Béa', 'Chloé']
  beforeAll(async () => {
    await pages.api.call('post', '/ingest', {
      customers: people.map((name, index) => ({
        ...{ id: `keys-${index}`, first_name: name, last_name: 'Rossi', email: `keys-${index}@mail.test` },
        consents: { email: true },
      })),
    })
    const body = { customers: people.map((_, index) => `keys-${index}`), add: ['spring'] }
    expect((await pages.api.call('post', '/customers/tag', body)).status).toBe(200)
    await refreshSegments(pages.database.db, new Date())
  })

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const card = (id: string) => page.locator(`[data-card="${id}"]`)

  describe.each([
    ['fr', 'fr-FR', 'Offre de printemps'],
    ['it', 'it-IT', 'Offerta di primavera'],
  ] as const)('in %s', (language, locale, subject) => {
    let intl: IntlShape
    const say = (id: MessageId, values: Record<string, string | number> = {}) => intl.formatMessage({ id }, values)
    const button = (id: MessageId, values?: Record<string, string | number>) =>
      page.getByRole('button', { name: say(id, values), exact: true })
    const segment = `${subject} 🌿`

    test('one signs in and draws a segment', async () => {
      const { texts } = await loadCatalogue(language)
      intl = createIntl({ locale, messages: { ...fallbackMessages, ...texts } })
      await visit({ locale })
      await page.getByLabel(say('signIn.email')).and(page.locator(':focus')).waitFor()
      await page.keyboard.type(ADMIN.email)
      await tabTo(page, page.getByLabel(say('signIn.password'), { exact: true }))
      await page.keyboard.type(ADMIN.password)
      await press('Enter')
      await follow(page, page.getByRole('link', { name: say('segments.new') }))
      await page.locator('[data-card="result:"][aria-label*=": "], [data-card="result:"][aria-label*=" : "]').waitFor()
      await tabTo(page, card('start:'))
      await press('ArrowDown', '/')
      await page
        .getByRole('textbox', { name: say('canvas.palette.search') })
        .and(page.locator(':focus'))
        .waitFor()
      await page.keyboard.type('tag')
      await page.locator('[role="option"][data-combobox-selected]').first().waitFor()
      await press('Enter')
      // the only tag that there is stands in the form already; it is taken out and put in again
      await tabTo(page, page.getByRole('combobox', { name: say('canvas.field.value'), exact: true }))
      await press('Backspace')
      await page.keyboard.type('spr')
      await page.getByRole('option', { name: /^spring/ }).waitFor()
      await press('ArrowDown', 'Enter')
      await page.locator('[data-card="result:"][aria-label$=" 3"]').waitFor()
      await press('Escape', 'Escape')
      await tabTo(page, page.getByRole('textbox', { name: say('canvas.new.name') }))
      await page.keyboard.type(segment)
      await press('Control+s')
      await page.getByRole('dialog').locator('button:focus').getByText(say('action.save')).waitFor()
      await press('Enter')
      await page.waitForURL(/\/segments\/[^/]+\/rule/)
      const id = new URL(page.url()).pathname.split('/')[2] ?? ''
      await recomputeSegment(pages.database.db, id, new Date())
    })

    test('its members are picked and written to, and it goes out', async () => {
      await follow(page, page.getByRole('link', { name: say('segment.members'), exact: true }))
      await tabTo(page, page.getByRole('checkbox', { name: say('pick.page', { count: 3 }) }))
      await press('Space')
      await follow(page, button('pick.write', { count: 3 }))
      await tabTo(page, page.getByRole('textbox', { name: say('composer.subject.label'), exact: true }))
      await page.keyboard.type(subject)
      await press('Enter')
      await page.keyboard.type('À bientôt, così presto.')
      await follow(page, button('composer.sendTo', { count: 3 }))
      const dialog = page.getByRole('dialog')
      await dialog.getByTestId('checks').waitFor()
      await follow(page, dialog.getByRole('button', { name: say('composer.confirm.send', { count: 3 }) }))
      await page.getByTestId('progress').waitFor()

      // it goes out
      const { db } = pages.database
      await execute(db, 'UPDATE campaigns SET undo_until = NULL')
      const [sent] = await rows<{ id: number }>(db, 'SELECT MAX(id) AS id FROM campaigns')
      await playCampaign(db, sent?.id ?? 0, { clock: { now: new Date() }, channel: recordingChannel().channel })
      await page.getByText(say('composer.state.sent', { sent: 3, total: 3 })).waitFor()
    })

    test('what became of it stands in the history of each', async () => {
      await follow(page, page.getByRole('link', { name: say('nav.segments'), exact: true }))
      await follow(page, page.getByRole('link', { name: segment }))
      await follow(page, page.getByRole('link', { name: 'Chloé Rossi' }))
      await page.getByRole('tab', { name: say('customer.communication'), selected: true }).waitFor()
      await follow(page, page.getByRole('button', { name: new RegExp(`^${subject}.*${say('delivery.sent')}`) }))
      await page
        .getByRole('list', { name: say('communication.events') })
        .getByText(say('event.sent'))
        .first()
        .waitFor()
      expect(await spoken()).toBe(language)
    })
  })
})
