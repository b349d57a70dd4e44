import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'
import type { Browser, Page } from 'playwright-core'
import { type Database, rows } from '../../domain/database.ts'
import { emptyInbox } from '../../domain/inbox/readMails.ts'
import { type Inbox, startInbox } from '../../domain/inbox/startInbox.ts'
import { secret } from '../../domain/settings/secret.ts'
import { suppress } from '../../domain/suppressions/suppress.ts'
import { writeToken } from '../../domain/tracking/token.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { openBrowser, seriousFaults } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers } from '../support/sending.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('double opt-in', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let inbox: Inbox
  let browser: Browser
  let now = new Date('2026-11-20T10:00:00Z')

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 2)
    await db('consents').delete()
    inbox = await startInbox(db, { port: 0, clock: () => now, onTrouble: () => {} })
    api = await startApi(db, undefined, () => now, {
      smtpUrl: `smtp://127.0.0.1:${inbox.port}`,
      publicUrl: 'http://public.test',
    })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await api.close()
    await inbox.stop()
    await database.drop()
  })
  beforeEach(async () => {
    now = new Date(now.getTime() + 86_400_000 * 2)
    await emptyInbox(db)
    await db('opt_ins').delete()
    await db('consents').delete()
  })

  const signUp = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${api.url}/signup`, {
      method: 'POST',
      headers: { ...FORM, ...headers },
      body: new URLSearchParams({ agree: 'yes', language: 'en', ...fields }).toString(),
    })

  /** The links in the mails that were sent, on the API under test. */
  async function links(): Promise<string[]> {
    const mails = await rows<{ source: Buffer }>(db, 'SELECT source FROM inbox_mails ORDER BY id')
    const texts = await Promise.all(mails.map(async ({ source }) => (await simpleParser(source)).text ?? ''))
    return texts.map((text) =>
      (/http:\/\/public\.test\/confirm\/\S+/.exec(text)?.[0] ?? '').replace('http://public.test', api.url),
    )
  }
  const consents = () =>
    rows<{ external_id: string; source: string; wording: string }>(
      db,
      'SELECT c.external_id, k.source, k.wording FROM consents k JOIN customers c ON c.id = k.customer_id WHERE k.given = 1',
    )

  test('a customer signs up: nothing changes before they say yes; looking at the link is not saying yes', async () => {
    expect(await (await signUp({ email: 'c0@mail.test' })).text()).toContain('look into your inbox')
    const [link = ''] = await links()
    expect(link).toMatch(/\/confirm\/[\w-]{36}$/)
    for (let look = 0; look < 3; look++) {
      const page = await fetch(link)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('Yes, My business may send me news')
      expect((await fetch(link, { method: 'HEAD' })).status).toBe(200)
    }
    expect(await consents()).toEqual([])
    expect(await (await fetch(link, { method: 'POST' })).text()).toContain('you are signed up')
    expect(await consents()).toEqual([
      {
        external_id: 'c0',
        source: 'double opt-in: sign-up page',
        wording: 'Yes, My business may send me news and offers by email. I can take this back at any time.',
      },
    ])
    const { body } = await api.call<{ items: { wording: string; given: boolean }[] }>('get', '/customers/c0/consents')
    expect(body.items[0]).toMatchObject({ given: true, wording: expect.stringContaining('My business') })
  })

  test('twenty confirmations at once are one; somebody new becomes a customer once', async () => {
    await signUp({ email: 'new@mail.test', first_name: 'Nadja' })
    const [link = ''] = await links()
    await Promise.all(Array.from({ length: 20 }, () => fetch(link, { method: 'POST' })))
    const made = await rows(db, "SELECT first_name, language, known FROM customers WHERE email = 'new@mail.test'")
    expect(made).toEqual([{ first_name: 'Nadja', language: 'en', known: 1 }])
    const lines = await rows(
      db,
      "SELECT e.id FROM consent_events e JOIN customers c ON c.id = e.customer_id WHERE c.email = 'new@mail.test'",
    )
    expect(lines).toHaveLength(1)
    expect(await (await fetch(link)).text()).toContain('you are signed up')
  })

  test('an earlier unsubscription is taken back, what somebody else decided is not', async () => {
    const ids = await rows<{ id: number }>(
      db,
      "SELECT id FROM customers WHERE external_id IN ('c0', 'c1') ORDER BY external_id",
    )
    const key = (index: number) => ({ customerId: ids[index]?.id ?? 0, providerId: 0, channel: 'email' }) as const
    await suppress(db, key(0), { reason: 'unsubscribed', source: 'x' }, now)
    await suppress(db, key(1), { reason: 'complained', source: 'x' }, now)
    for (const email of ['c0@mail.test', 'c1@mail.test']) await signUp({ email })
    for (const link of await links()) await fetch(link, { method: 'POST' })
    expect(await rows(db, 'SELECT reason FROM suppressions')).toEqual([{ reason: 'complained' }])
    await db('suppressions').delete()
  })

  test('too old: nothing happens, and it says so', async () => {
    await signUp({ email: 'c0@mail.test' })
    const [link = ''] = await links()
    now = new Date(now.getTime() + 7 * 86_400_000)
    expect(await (await fetch(link)).text()).toContain('too old')
    expect((await fetch(link, { method: 'POST' })).status).toBe(410)
    expect(await consents()).toEqual([])
  })

  test('nobody is told who is a customer, and no inbox is flooded', async () => {
    const answers = await Promise.all(
      ['c0@mail.test', 'nobody@mail.test'].map(async (email) => (await signUp({ email })).text()),
    )
    expect(answers[0]).toBe(answers[1])
    for (let round = 0; round < 6; round++) await signUp({ email: 'c0@mail.test' })
    const mails = await rows<{ count: number }>(
      db,
      "SELECT COUNT(*) AS count FROM inbox_mails WHERE recipient = 'c0@mail.test'",
    )
    expect(mails[0]?.count).toBe(3)
  })

  test('a caller who signs up whole lists is stopped', async () => {
    const statuses: number[] = []
    for (let index = 0; index < 25; index++) statuses.push((await signUp({ email: `list${index}@mail.test` })).status)
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect((await rows(db, 'SELECT id FROM inbox_mails')).length).toBeLessThanOrEqual(20)
  })

  test.each([
    [{ email: 'nonsense' }, 400],
    [{ email: 'a@b.test\r\nBcc: all@mail.test' }, 400],
    [{ email: `${'x'.repeat(300)}@mail.test` }, 400],
    [{ email: '' }, 400],
    [{ email: 'c0@mail.test', agree: 'no' }, 400],
    [{ email: 'c0@mail.test', website: 'https://spam.test' }, 200],
    [{ email: 'c0@mail.test', first_name: 'x'.repeat(20_000) }, 413],
  ])('%j: %i, and no mail', async (fields, status) => {
    expect((await signUp(fields)).status).toBe(status)
    expect(await rows(db, 'SELECT id FROM inbox_mails')).toEqual([])
  })

  test('what was typed stands in the page as text', async () => {
    const page = await (await signUp({ email: '"><script>alert(1)</script>', first_name: '<b>' })).text()
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('&lt;b&gt;')
  })

  test('forged links, links of other kinds, links of nobody: 404', async () => {
    const key = await secret(db, 'tracking')
    await signUp({ email: 'c0@mail.test' })
    const [link = ''] = await links()
    const id = (await rows<{ id: number }>(db, 'SELECT id FROM opt_ins'))[0]?.id ?? 0
    for (const token of [
      writeToken(Buffer.alloc(32), { kind: 'confirm', optIn: id }),
      writeToken(key, { kind: 'unsubscribe', delivery: id }),
      writeToken(key, { kind: 'confirm', optIn: 999_999 }),
      'x',
    ]) {
      expect((await fetch(`${api.url}/confirm/${token}`)).status).toBe(404)
      expect((await fetch(`${api.url}/confirm/${token}`, { method: 'POST' })).status).toBe(404)
      expect((await fetch(`${api.url}/u/${link.split('/').at(-1)}`)).status).toBe(404)
    }
    expect(await consents()).toEqual([])
  })

  test('a mail server that is away: said so, and the try does not count', async () => {
    const away = await startApi(db, undefined, () => now, { smtpUrl: 'smtp://127.0.0.1:1' })
    const body = new URLSearchParams({ agree: 'yes', email: 'c0@mail.test' }).toString()
    const answer = await fetch(`${away.url}/signup`, { method: 'POST', headers: FORM, body })
    expect(answer.status).toBe(503)
    expect(await rows(db, 'SELECT id FROM opt_ins')).toEqual([])
    await away.close()
  })

  test('by the API, with words of one’s own', async () => {
    const optIn = { email: 'c1@mail.test', language: 'de', wording: 'Ja, gern.', source: 'website' }
    expect(await api.call('post', '/opt-ins', optIn)).toMatchObject({ status: 202, body: { state: 'sent' } })
    const [link = ''] = await links()
    const page = await (await fetch(link)).text()
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('Ja, gern.')
    await fetch(link, { method: 'POST' })
    expect(await consents()).toMatchObject([
      { external_id: 'c1', source: 'double opt-in: website', wording: 'Ja, gern.' },
    ])
    expect((await api.call('post', '/opt-ins', { email: 'x' })).status).toBe(400)
  })

  test.each([
    ['en', 'light', 1280],
    ['de', 'dark', 390],
    ['fr', 'light', 390],
    ['it', 'dark', 1280],
  ] as const)(
    'in a browser, without scripts, in %s: signs up by keyboard and confirms; axe finds nothing',
    async (language, scheme, width) => {
      const context = await browser.newContext({
        javaScriptEnabled: true,
        locale: language,
        colorScheme: scheme,
        viewport: { width, height: 800 },
      })
      const page = await context.newPage()
      await page.goto(`${api.url}/signup`)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      expect(await seriousFaults(page)).toEqual([])
      await fits(page)
      await page.locator('input[name=email]').fill(`${language}@mail.test`)
      await page.locator('input[name=agree]').focus()
      await page.keyboard.press('Space')
      await page.keyboard.press('Tab')
      now = new Date(now.getTime() + 600_000)
      await page.keyboard.press('Enter')
      await page.getByRole('status').waitFor()
      const [link = ''] = await links()
      await page.goto(link)
      expect(await seriousFaults(page)).toEqual([])
      await page.getByRole('button').click()
      await page.getByRole('status').waitFor()
      expect(await consents()).toHaveLength(1)
      await context.close()
    },
  )
})

/** Nothing stands beside the window. */
async function fits(page: Page): Promise<void> {
  const wider = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
  expect(wider).toBe(false)
}
