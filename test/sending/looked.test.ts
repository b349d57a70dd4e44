import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { z } from 'zod'
import type { previewContent } from '../../api/contract/messages.ts'
import { rows } from '../../domain/database.ts'
import { LOCAL_PUSH_HOST } from '../../domain/deliveries/channels/push.ts'
import { browserKeys } from '../../domain/inbox/decryptPush.ts'
import { LOCAL_SMS_SECRET, startGateways } from '../../domain/inbox/startGateways.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertCustomers } from '../support/sending.ts'

const BROWSER = { privateKey: createHash('sha256').update('looking').digest(), auth: randomBytes(16) }
type Preview = z.output<(typeof previewContent)['answer']>
type Refused = { errors: { path: string }[]; detail: string }

let database: TestDatabase
let api: TestApi
let gateways: { port: number; stop(): Promise<void> }
const gateway = (from: string) =>
  `http://local:${LOCAL_SMS_SECRET}@127.0.0.1:${gateways.port}/sms?from=${from}&private=1`

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  await insertCustomers(db, 1)
  gateways = await startGateways(db, { port: 0, clock: () => new Date(), browser: BROWSER, onTrouble: () => {} })
  const pushUrl = `http://127.0.0.1:${gateways.port}`
  api = await startApi(db, undefined, undefined, { smsUrl: gateway('%2B15005550006'), pushUrl })
  await api.call('put', '/settings', { phone_prefix: '+49' })
}, 60_000)
afterAll(async () => {
  await api?.close()
  await gateways?.stop()
  await database?.drop()
})

const look = (body: object) => api.call<Preview & Refused>('post', '/campaigns/preview', body)
const inbox = () =>
  rows<{ channel: string; recipient: string; body: string }>(
    database.db,
    'SELECT channel, recipient, CONVERT(source USING utf8mb4) AS body FROM inbox_mails ORDER BY id',
  )

test('an SMS is looked at as one customer gets it, to the letter', async () => {
  const asked = { channel: 'sms', content: { text: 'Hi {{ customer.first_name | default: "you" }}!' } }
  expect((await look({ ...asked, customer: 'c0' })).body).toMatchObject({
    text: 'Hi First0!\nReply STOP to opt out',
    html: '',
    url: null,
  })
  expect((await look(asked)).body.text).toMatch(/^Hi you!\n/)
  expect((await look({ channel: 'sms', content: { text: '{{ customer.nothing }}' } })).body.errors).toMatchObject([
    { path: '/content/text' },
  ])
  expect((await look({ channel: 'sms', content: { subject: 'x', html: '<p>x</p>' } })).status).toBe(400)
  expect((await look({ channel: 'email', content: { text: 'x' } })).status).toBe(400)
})

test('where the sender takes no answers, the line under it is as long as the one that is sent', async () => {
  const named = await startApi(database.db, undefined, undefined, { smsUrl: gateway('Studio') })
  const { body } = await named.call<Preview>('post', '/campaigns/preview', { channel: 'sms', content: { text: 'Hi' } })
  const [, page = ''] = /Opt out: (\S+)$/.exec(body.text) ?? []
  expect(page).toMatch(/^http:\/\/localhost:8080\/u\/test-{32}$/)
  const shown = await fetch(page.replace('http://localhost:8080', named.url))
  expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('test')])
  await named.close()
})

test('a notification is looked at with its title and the page it opens', async () => {
  const content = { title: 'For {{ customer.first_name }}', text: 'A place is free', url: 'https://studio.test/plan' }
  expect((await look({ channel: 'push', content, customer: 'c0' })).body).toEqual({
    ...{ subject: 'For First0', html: '', text: 'A place is free', url: 'https://studio.test/plan', warnings: [] },
  })
})

test('a test goes to one’s own telephone and browser, says that it is one, and is nobody’s delivery', async () => {
  const sms = { channel: 'sms', content: { text: 'Hi' }, customer: 'c0' }
  const sent = await api.call<{ address: string }>('post', '/campaigns/test', { ...sms, phone: '0170 / 12 34 56' })
  expect(sent).toMatchObject({ status: 202, body: { address: '+49170123456' } })
  for (const phone of [undefined, 'none', '']) {
    expect((await api.call<Refused>('post', '/campaigns/test', { ...sms, phone })).body.errors).toMatchObject([
      { path: '/phone' },
    ])
  }
  const refused = await api.call<Refused>('post', '/campaigns/test', { ...sms, phone: '+49 170 0000' })
  expect(refused).toMatchObject({ status: 503, body: { detail: expect.stringMatching(/no such number/) } })

  const push = { channel: 'push', content: { title: 'News', text: 'A place is free' } }
  const browser = { endpoint: `https://${LOCAL_PUSH_HOST}/push/mine`, keys: browserKeys(BROWSER) }
  const shown = await api.call('post', '/campaigns/test', { ...push, browser })
  expect(shown).toMatchObject({ status: 202, body: { address: LOCAL_PUSH_HOST } })
  const within = { ...browser, endpoint: 'https://127.0.0.1/x' }
  expect((await api.call('post', '/campaigns/test', { ...push, browser: within })).status).toBe(503)
  const none = { ...browser, endpoint: 'http://push.test/x' }
  expect((await api.call<Refused>('post', '/campaigns/test', { ...push, browser: none })).body.errors).toMatchObject([
    { path: '/browser/endpoint' },
  ])
  expect((await api.call('post', '/campaigns/test', push)).status).toBe(400)

  expect(await inbox()).toEqual([
    { channel: 'sms', recipient: '+49170123456', body: '[Test] Hi\nReply STOP to opt out' },
    { channel: 'push', recipient: 'mine', body: expect.stringContaining('A place is free') },
  ])
  expect(await database.db('deliveries').select('id')).toEqual([])
})
