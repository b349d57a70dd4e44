import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Campaign } from '../../api/contract/campaigns.ts'
import { type Database, rows } from '../../domain/database.ts'
import { returnToken } from '../../domain/deliveries/returnPath.ts'
import { type Listener, startListener } from '../../domain/feedback/startListener.ts'
import { startInbox } from '../../domain/inbox/startInbox.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { secret } from '../../domain/settings/secret.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { bounceCalls, SECRETS } from '../support/bounceCalls.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles } from '../support/loyalty.ts'
import { kill, startProcess } from '../support/sending.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'
import { until } from '../support/until.ts'

/** Anna's customers are c0, c2, c4, …; what the local inbox plays for some of them. */
const ADDRESSES: Record<number, string> = { 2: 'c2@bounce.test', 4: 'c4@late-bounce.test', 6: 'c6@later.test' }
const SERVICES = { ses: 'c8', mailgun: 'c10', postmark: 'c12', sendgrid: 'c14' } as const
const ARRIVED = ['c16', 'c18']

const CONTENT = { subject: 'For you', html: '<p>Take {{ reward.size }} off, until {{ reward.valid_to }}.</p>' }
const MAILING = { kind: 'loyalty', provider: 'anna', segment: 'loyalty-loyal', content: CONTENT }
const VOUCHER = { kind: 'voucher', amount: 500, valid_days: 14 }

type Refused = { next_at?: string }

let database: TestDatabase
let db: Database
let api: TestApi
let listener: Listener
let inbox: Awaited<ReturnType<typeof startInbox>>
let worker: ChildProcess

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await insertClienteles(db, 20, (index) => ADDRESSES[index] ?? `c${index}@mail.test`)
  await changeSettings(db, { timeZone: 'Europe/Berlin', bounceDomain: 'bounces.studio.test' }, new Date())
  api = await startApi(db, undefined, undefined, { hooks: SECRETS })
  const parts = { port: 0, clock: () => new Date(), onTrouble: () => {} }
  listener = await startListener(db, { ...parts, host: '127.0.0.1' })
  inbox = await startInbox(db, { ...parts, bounces: listener.port })
  const started = await startProcess('activities/worker.ts', {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporalAddress(),
    TEMPORAL_NAMESPACE: await createNamespace(),
    SMTP_URL: `smtp://127.0.0.1:${inbox.port}`,
    PUBLIC_URL: api.url,
  })
  worker = started.child
})
afterAll(async () => {
  if (worker !== undefined) await kill(worker)
  await inbox?.stop()
  await listener?.stop()
  await api?.close()
  await database?.drop()
})

/** What became of the message to each customer, and of its reward. */
async function states(campaign: string): Promise<Record<string, string>> {
  const found = await rows<{ id: string; delivery: string; reward: string | null }>(
    db,
    `SELECT c.external_id AS id, d.state AS delivery, r.state AS reward FROM deliveries d
     JOIN customers c ON c.id = d.customer_id LEFT JOIN rewards r ON r.delivery_id = d.id WHERE d.campaign_id = ?`,
    [campaign],
  )
  return Object.fromEntries(found.map(({ id, delivery, reward }) => [id, `${delivery}, ${reward}`]))
}

const order = (more: object = {}) => api.call<Campaign & Refused>('post', '/campaigns', { ...MAILING, ...more })

test('cancelled before anything was sent, the week is free again and no reward is left', async () => {
  const soon = new Date(Date.now() + 60_000).toISOString()
  const planned = await order({ reward: VOUCHER, send_at: soon })
  expect(planned.status).toBe(201)
  const refused = await order()
  expect(refused.status).toBe(409)
  expect(Date.parse(refused.body.next_at ?? '')).toBeGreaterThan(Date.now())
  expect((await api.call('post', `/campaigns/${planned.body.id}/cancel`)).body).toMatchObject({ state: 'cancelled' })
  expect(await db('rewards')).toEqual([])
})

test('a voucher: reserved, active once its mail is handed over, given back on every bounce, early or late', async () => {
  const { status, body } = await order({ reward: VOUCHER })
  expect(status).toBe(201)
  const { id } = body
  // put off once by its server, its reward is still reserved
  await until(async () => {
    const { c6, c18 } = await states(id)
    return c6 === 'queued, reserved' && c18 === 'delivered, active'
  })
  // refused at the door; taken and then sent back to the signed return path
  await until(async () => (await states(id)).c4 === 'bounced, given_back')
  expect(await states(id)).toMatchObject({ c2: 'bounced, given_back', c16: 'delivered, active' })

  const [shown] = (await api.call<{ items: { id: string }[] }>('get', '/inbox?text=c16')).body.items
  const html = (await api.call<{ html: string }>('get', `/inbox/${shown?.id}`)).body.html
  expect(html).toMatch(/Take €5(\.00)? off, until \w+/)

  // what the mail services find out later
  for (const [service, customer] of Object.entries(SERVICES)) {
    const [row] = await rows<{ id: number; messageId: string }>(
      db,
      `SELECT d.id, d.message_id AS messageId FROM deliveries d JOIN customers c ON c.id = d.customer_id
       WHERE d.campaign_id = ? AND c.external_id = ?`,
      [id, customer],
    )
    expect((await states(id))[customer]).toBe('delivered, active')
    const token = returnToken(await secret(db, 'tracking'), { kind: 'bounce', delivery: row?.id ?? 0 })
    const call = bounceCalls[service as keyof typeof SERVICES]({ token, messageId: row?.messageId ?? '' }, new Date())
    for (const taken of [1, 0]) {
      const answer = await fetch(`${api.url}/hooks/${service}`, { method: 'POST', ...call })
      expect({ service, status: answer.status, ...(await answer.json()) }).toMatchObject({
        service,
        status: 200,
        taken,
      })
    }
    expect({ service, state: (await states(id))[customer] }).toEqual({ service, state: 'bounced, given_back' })
  }
  for (const customer of ARRIVED) expect((await states(id))[customer]).toBe('delivered, active')

  // the one that was put off goes when it is due, and its reward with it
  await until(async () => (await states(id)).c6 === 'delivered, active', 60_000)
  await until(async () => (await api.call<Campaign>('get', `/campaigns/${id}`)).body.state === 'sent')
  // of a late bounce the week does not come free again, not even of the last mail that had arrived
  await db.raw("UPDATE deliveries SET state = 'bounced' WHERE campaign_id = ?", [id])
  expect((await order()).status).toBe(409)
}, 120_000)
