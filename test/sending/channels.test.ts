import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { rows } from '../../domain/database.ts'
import { type Channels, openChannels } from '../../domain/deliveries/channels/index.ts'
import { isPrivateAddress } from '../../domain/deliveries/channels/post.ts'
import { LOCAL_PUSH_HOST } from '../../domain/deliveries/channels/push.ts'
import { signatureHeaders } from '../../domain/deliveries/channels/smsGateway.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { browserKeys } from '../../domain/inbox/decryptPush.ts'
import { LOCAL_SMS_SECRET, startGateways } from '../../domain/inbox/startGateways.ts'
import { pushIdentity } from '../../domain/push/pushIdentity.ts'
import { pushToken } from '../../domain/push/pushToken.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, insertCustomers, recordingChannel } from '../support/sending.ts'

const BROWSER = { privateKey: createHash('sha256').update('browser').digest(), auth: randomBytes(16) }

let database: TestDatabase
let api: TestApi
let gateways: { port: number; stop(): Promise<void> }
let gatewayUrl: string
let customers: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  customers = await insertCustomers(db, 4)
  for (const [index, phone] of ['+49 (0)170 123456', '0170/654321', 'none', '+49 170 0000'].entries()) {
    await db('customers')
      .where({ external_id: `c${index}` })
      .update({ phone })
  }
  await db.raw(
    "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, 'sms', 1, '2026-01-01', 'test' FROM customers",
  )
  await db('settings').delete()
  gateways = await startGateways(db, { port: 0, clock: () => new Date(), browser: BROWSER, onTrouble: () => {} })
  gatewayUrl = `http://local:${LOCAL_SMS_SECRET}@127.0.0.1:${gateways.port}/sms?from=%2B15005550006&private=1`
  api = await startApi(db, undefined, () => new Date(), { smsUrl: gatewayUrl })
  await api.call('put', '/settings', { phone_prefix: '+49' })
}, 60_000)
afterAll(async () => {
  await api?.close()
  await gateways?.stop()
  await database?.drop()
})

const open = (sms: string): Channels =>
  openChannels({
    email: 'smtp://127.0.0.1:1',
    sms,
    publicUrl: 'http://studio.test',
    push: { ...pushIdentity(database.db), local: `http://127.0.0.1:${gateways.port}` },
  })

async function send(channel: 'sms' | 'push', content: object, channels: Channels): Promise<number> {
  const order = {
    criteria: { channel, customers },
    content: content as { text: string },
    sendAt: null,
    createdBy: null,
  }
  const id = await createCampaign(database.db, order, new Date())
  await freezeAudience(database.db, id, new Date())
  await deliverDue(database.db, id, { ...attempt(recordingChannel().channel), channels })
  return id
}

const states = (campaign: number) =>
  rows<{ address: string; state: string; reason: string | null; message_id: string }>(
    database.db,
    'SELECT address, state, reason, message_id FROM deliveries WHERE campaign_id = ? ORDER BY id',
    [campaign],
  )
const inbox = () =>
  rows<{ channel: string; recipient: string; body: string }>(
    database.db,
    'SELECT channel, recipient, CONVERT(source USING utf8mb4) AS body FROM inbox_mails ORDER BY id',
  )

describe.each(['gateway', 'Twilio'])('SMS through %s', (name) => {
  const address = () =>
    name === 'gateway'
      ? gatewayUrl
      : `twilio://AC1:token@api.twilio.com?from=%2B15005550006&api=http://127.0.0.1:${gateways.port}`

  const again = async () => states(await send('sms', { text: 'Hi' }, open(address())))

  test('numbers as people write them; who has none is left out; a number that is none bounces with its words, once', async () => {
    await database.db('inbox_mails').delete()
    const campaign = await send('sms', { text: 'Hi {{ customer.first_name }}, see you — Grüße 👋' }, open(address()))
    expect(await states(campaign)).toMatchObject([
      { address: '+49170123456', state: 'delivered' },
      { address: '+49170654321', state: 'delivered' },
      { address: '+491700000', state: 'bounced', reason: expect.stringMatching(/number/i) },
    ])
    const suppressed = await rows(database.db, 'SELECT channel, reason, address FROM suppressions')
    expect(suppressed).toEqual([{ channel: 'sms', reason: 'bounced', address: '+491700000' }])
    expect((await again()).map((one) => one.address)).toEqual(['+49170123456', '+49170654321'])
    await database.db('customers').where({ external_id: 'c3' }).update({ phone: '+49 170 9990000' })
    expect((await again()).at(-1)).toMatchObject({ address: '+491709990000', state: 'bounced' })
    await database.db('customers').where({ external_id: 'c3' }).update({ phone: '+49 170 0000' })
    await database.db('suppressions').delete()
    const left = await rows(database.db, "SELECT 1 FROM audience_contacts WHERE left_out = 'no_phone'")
    expect(left.length).toBeGreaterThan(0)
    expect(await inbox()).toContainEqual({
      channel: 'sms',
      recipient: '+49170123456',
      body: 'Hi First0, see you — Grüße 👋\nReply STOP to opt out',
    })
  })
})

test('a gateway that is not there: again later, never lost', async () => {
  const campaign = await send('sms', { text: 'Hi' }, open('http://x:y@127.0.0.1:1/sms?from=Studio&private=1'))
  expect(
    (await states(campaign)).every(({ state, reason }) => state === 'queued' && /^not_reached: /.test(reason ?? '')),
  ).toBe(true)
}, 30_000)

test('an address inside our own network is not called, unless somebody says so', async () => {
  let called = 0
  const server = createServer((_request, response) => {
    called += 1
    response.end()
  }).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    await send('sms', { text: 'Hi' }, open(`http://x:y@${host}:${port}/?from=Studio`))
  }
  server.close()
  expect(called).toBe(0)
  const inside = ['10.1.2.3', '172.20.0.1', '192.168.1.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:127.0.0.1']
  expect(inside.map(isPrivateAddress)).toEqual(inside.map(() => true))
  expect(['8.8.8.8', '2606:4700::1111'].map(isPrivateAddress)).toEqual([false, false])
}, 30_000)

describe('what a gateway calls back', () => {
  const call = (body: object, secret = LOCAL_SMS_SECRET) => {
    const text = Buffer.from(JSON.stringify(body))
    return fetch(`${api.url}/hooks/sms`, {
      method: 'POST',
      headers: signatureHeaders(secret, text, new Date()),
      body: text,
    })
  }

  test('only what is signed is believed; STOP ends messages and START begins them again', async () => {
    expect((await call({ from: '+49170123456', text: 'stop please' }, 'wrong')).status).toBe(401)
    expect((await call({ from: '+49170123456', text: 'Stop, please' })).status).toBe(204)
    const suppressed = () =>
      rows<{ reason: string }>(database.db, "SELECT reason FROM suppressions WHERE channel = 'sms'")
    expect(await suppressed()).toEqual([{ reason: 'unsubscribed' }])
    expect((await call({ from: '+49170123456', text: 'START' })).status).toBe(204)
    expect(await suppressed()).toEqual([])
  })

  test('a failure that comes later is in the history, once', async () => {
    const { db } = database
    const fail = async (told: object) => {
      const campaign = await send('sms', { text: 'Hi' }, open(gatewayUrl))
      const [first] = await states(campaign)
      await db('deliveries').where({ message_id: first?.message_id }).update({ state: 'sent' })
      for (const _ of [1, 2]) expect((await call({ id: first?.message_id, state: 'failed', ...told })).status).toBe(204)
      const [delivery] = await db('deliveries').where({ message_id: first?.message_id })
      expect(await db('delivery_events').where({ delivery_id: delivery?.id, type: 'bounced' })).toHaveLength(1)
      return delivery
    }
    const reason = 'absent subscriber'
    const absent = await fail({ reason })
    expect(absent).toMatchObject({ state: 'bounced', reason, bounce_class: 'other' })
    const own = { customer_id: absent?.customer_id, channel: 'sms' }
    expect(await db('suppressions').where(own)).toEqual([])
    // of a number that does not exist nothing more is expected
    const gone = await fail({ reason: 'no such number', gone: true })
    expect(gone).toMatchObject({ state: 'bounced', bounce_class: 'bad_address' })
    expect(await db('suppressions').where(own)).toMatchObject([{ reason: 'bounced', address: gone?.address }])
    await db('suppressions').where(own).delete()
  })
})

describe('notifications', () => {
  test('agreed to on the page by a signed link, sent, read by the browser alone; gone browsers are forgotten', async () => {
    const { db } = database
    const [customer] = await rows<{ id: number }>(db, "SELECT id FROM customers WHERE external_id = 'c0'")
    const page = `${api.url}/push/${await pushToken(db, customer?.id ?? 0)}`
    const shown = await fetch(page)
    expect(shown.status).toBe(200)
    expect(await shown.text()).toContain('Get notifications')
    expect((await fetch(`${page.slice(0, -4)}AAAA`)).status).toBe(404)
    const agree = (endpoint: string, keys: object = browserKeys(BROWSER)) =>
      fetch(page, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ endpoint, keys }),
      })
    expect((await agree('http://10.0.0.1/x')).status).toBe(400)
    expect((await agree('https://push.example/x', { p256dh: 'no', auth: 'no' })).status).toBe(400)
    expect((await agree(`https://${LOCAL_PUSH_HOST}/push/one`)).status).toBe(204)
    expect((await agree(`https://${LOCAL_PUSH_HOST}/push/gone`)).status).toBe(204)
    const [consent] = await rows(db, "SELECT given, wording FROM consents WHERE channel = 'push'")
    expect(consent).toMatchObject({ given: 1, wording: expect.stringContaining('I agree') })

    await db('inbox_mails').delete()
    const content = { title: 'Hi {{ customer.first_name }}', text: 'A place is free', url: 'https://studio.test/plan' }
    const campaign = await send('push', content, open(gatewayUrl))
    expect(await states(campaign)).toMatchObject([{ state: 'delivered' }])
    expect(await inbox()).toEqual([
      {
        channel: 'push',
        recipient: 'one',
        body: expect.stringMatching(/^A place is free\n\nhttp:\/\/studio\.test\/t\/c\//),
      },
    ])
    expect(await rows(db, 'SELECT endpoint FROM push_subscriptions')).toEqual([
      { endpoint: `https://${LOCAL_PUSH_HOST}/push/one` },
    ])

    const end = {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ endpoint: `https://${LOCAL_PUSH_HOST}/push/one` }),
    }
    expect((await fetch(page, end)).status).toBe(204)
    expect(await rows(db, "SELECT given FROM consents WHERE channel = 'push'")).toEqual([{ given: 0 }])
  })
})
