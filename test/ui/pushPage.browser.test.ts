import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { rows } from '../../domain/database.ts'
import { LOCAL_PUSH_HOST } from '../../domain/deliveries/channels/push.ts'
import { browserKeys } from '../../domain/inbox/decryptPush.ts'
import { pushToken } from '../../domain/push/pushToken.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { openBrowser, seriousFaults } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers } from '../support/sending.ts'

const KEYS = browserKeys({ privateKey: createHash('sha256').update('page').digest(), auth: randomBytes(16) })

let database: TestDatabase
let api: TestApi
let browser: Awaited<ReturnType<typeof openBrowser>>
let address: string
beforeAll(async () => {
  database = await createTestDatabase()
  const [id = ''] = await insertCustomers(database.db, 1)
  await database.db('customers').where({ external_id: id }).update({ language: 'fr' })
  const [customer] = await rows<{ id: number }>(database.db, 'SELECT id FROM customers WHERE external_id = ?', [id])
  api = await startApi(database.db)
  browser = await openBrowser()
  address = `${api.url}/push/${await pushToken(database.db, customer?.id ?? 0)}`
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await api?.close()
  await database?.drop()
})

/** A customer's browser. There is no push service where tests run: it plays one, and nothing else. */
async function customerBrowser(permission: 'granted' | 'denied', width = 1280): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: 'dark' })
  context.setDefaultTimeout(20_000)
  await context.addInitScript(
    ({ endpoint, keys, answer }) => {
      const subscription = {
        endpoint,
        toJSON: () => ({ endpoint, expirationTime: null, keys }),
        unsubscribe: async () => {
          localStorage.removeItem('subscribed')
          return true
        },
      } as unknown as PushSubscription
      const asked = window as unknown as { key?: number }
      PushManager.prototype.subscribe = async (options) => {
        const key = options?.applicationServerKey
        if (key instanceof Uint8Array) asked.key = key.length
        localStorage.setItem('subscribed', 'yes')
        return subscription
      }
      PushManager.prototype.getSubscription = async () =>
        localStorage.getItem('subscribed') === null ? null : subscription
      Notification.requestPermission = async () => answer
    },
    { endpoint: `https://${LOCAL_PUSH_HOST}/push/page`, keys: KEYS, answer: permission },
  )
  return [context, await context.newPage()]
}

const consents = () =>
  rows<{ given: number; wording: string | null }>(
    database.db,
    "SELECT given, wording FROM consents WHERE channel = 'push'",
  )
const browsers = () => rows<{ endpoint: string }>(database.db, 'SELECT endpoint FROM push_subscriptions')

test('a customer agrees on the page, in their language; a reload knows it, and they end it there again', async () => {
  const [context, page] = await customerBrowser('granted', 390)
  await page.goto(address)
  const agree = page.getByRole('button', { name: 'Recevoir les notifications' })
  await agree.waitFor()
  // looking at the page asks for nothing and changes nothing
  expect([await consents(), await browsers()]).toEqual([[], []])
  expect(await seriousFaults(page)).toEqual([])
  await agree.click()
  await page.getByText('Vous recevez les notifications').waitFor()
  // a point of P-256, uncompressed
  expect(await page.evaluate(() => (window as unknown as { key?: number }).key)).toBe(65)
  expect(await browsers()).toEqual([{ endpoint: `https://${LOCAL_PUSH_HOST}/push/page` }])
  expect(await consents()).toMatchObject([{ given: 1, wording: expect.stringContaining('J’accepte') }])

  await page.reload()
  await page.getByText('Vous recevez les notifications').waitFor()
  await page.getByRole('button', { name: 'Arrêter les notifications' }).click()
  await page.getByText('Vous ne recevrez plus').waitFor()
  expect(await browsers()).toEqual([])
  expect((await consents()).map(({ given }) => given)).toEqual([0])
  await context.close()
}, 120_000)

test('the service worker takes over, and shows what arrives with its words and its page', async () => {
  const [context, page] = await customerBrowser('granted')
  await context.grantPermissions(['notifications'], { origin: api.url })
  await page.goto(address)
  await page.getByRole('button', { name: 'Recevoir les notifications' }).waitFor()
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  expect(worker.url()).toBe(`${api.url}/push/worker.js`)
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
  expect(scope).toBe(`${api.url}/push/`)
  const shown = await worker.evaluate(async () => {
    const self = globalThis as unknown as EventTarget & {
      registration: { showNotification: (title: string, options: object) => Promise<void> }
    }
    const calls: unknown[] = []
    self.registration.showNotification = async (...call) => {
      calls.push(call)
    }
    const message = { id: 'one', title: 'A place is free', text: 'Tonight', url: 'https://studio.test/plan' }
    const unsubscribe = { label: 'Stop', url: 'https://studio.test/u/x' }
    const event = Object.assign(new Event('push'), {
      data: { json: () => ({ ...message, unsubscribe }) },
      waitUntil: () => {},
    })
    self.dispatchEvent(event)
    await new Promise((done) => setTimeout(done, 0))
    return calls
  })
  expect(shown).toEqual([
    [
      'A place is free',
      expect.objectContaining({
        ...{ body: 'Tonight', tag: 'one' },
        data: { url: 'https://studio.test/plan', unsubscribe: 'https://studio.test/u/x' },
        actions: [{ action: 'unsubscribe', title: 'Stop' }],
      }),
    ],
  ])
  await context.close()
}, 120_000)

test('who says no to the browser is told how to change that, and nothing is kept', async () => {
  const before = await consents()
  const [context, page] = await customerBrowser('denied')
  await page.goto(address)
  await page.getByRole('button', { name: 'Recevoir les notifications' }).click()
  await page.getByText('Vous pouvez les autoriser dans ses réglages').waitFor()
  expect([await consents(), await browsers()]).toEqual([before, []])
  await page.goto(`${address.slice(0, -6)}AAAAAA`)
  await page.getByText('This link is not complete').or(page.getByText('Ce lien est incomplet')).waitFor()
  expect(await page.getByRole('button').count()).toBe(0)
  await context.close()
}, 120_000)
