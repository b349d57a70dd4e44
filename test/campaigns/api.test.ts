import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Campaign } from '../../api/contract/campaigns.ts'
import type { Delivery } from '../../api/contract/customers.ts'
import type { Preflight } from '../../api/contract/orders.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import type { Database } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, insertCustomers, recordingChannel } from '../support/sending.ts'
import { type FaultyServer, startFaultyServer } from '../support/smtp.ts'

type Refused = { status: number; detail: string; errors: { path: string; message: string }[] }

const CONTENT = {
  subject: 'Hi {{ customer.first_name | default: "you" }}',
  html: '<p>Hello <a href="https://a.test/">page</a></p>',
}

describe('campaigns over HTTP', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let smtp: FaultyServer
  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    smtp = await startFaultyServer(['accept', 'accept', { refuse: 'RCPT', answer: '550 5.1.1 nobody' }])
    api = await startApi(db, undefined, undefined, { smtpUrl: smtp.url })
    await insertCustomers(db, 5)
  })
  afterEach(async () => {
    await db('campaigns').delete()
    await db('suppressions').delete()
    await db('workflow_outbox').delete()
  })
  afterAll(async () => {
    await api.close()
    await smtp.close()
    await database.drop()
  })

  test('preflight, order, progress, pause, resume, cancel', async () => {
    const order = { customers: ['c0', 'c1', 'c2', 'stranger'] }
    expect((await api.call('put', '/suppressions/c1', { reason: 'unsubscribed' })).status).toBe(200)
    const before = await api.call<Preflight>('post', '/campaigns/preflight', { ...order, content: CONTENT })
    expect(before.body).toEqual({
      requested: 4,
      recipients: 2,
      reward_liability: 0,
      reward_assumption: null,
      held: [],
      needs_approval: false,
      left_out: [
        { reason: 'unknown_customer', count: 1, customers: [{ id: 'stranger', name: 'stranger' }] },
        { reason: 'unsubscribed', count: 1, customers: [{ id: 'c1', name: 'First1 Last' }] },
      ],
    })
    const made = await api.call<Campaign>('post', '/campaigns', { ...order, content: CONTENT })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ state: 'preparing', total: 2, sent: 0, name: CONTENT.subject, segment: null })
    expect(api.asked).toContainEqual(['dispatchOutbox'])

    const path = `/campaigns/${made.body.id}`
    expect((await api.call<Campaign>('post', `${path}/pause`)).body.state).toBe('paused')
    expect((await api.call<Campaign>('post', `${path}/resume`)).body.state).toBe('preparing')
    expect((await api.call('post', `${path}/resume`)).status).toBe(409)
    expect((await api.call<Campaign>('post', `${path}/cancel`)).body).toMatchObject({
      state: 'cancelled',
      finished_at: expect.any(String),
    })
    expect((await api.call('post', `${path}/pause`)).status).toBe(409)
    expect(api.asked).toContainEqual(['signalCampaign', Number(made.body.id), 'cancel'])
    expect((await api.call<{ items: Campaign[] }>('get', '/campaigns')).body.items.map(({ id }) => id)).toEqual([
      made.body.id,
    ])
    expect((await api.call('get', '/campaigns/999')).status).toBe(404)
  })

  test.each([
    [{ content: CONTENT }, '/segment'],
    [{ customers: ['c0'], segment: 'active-customers', content: CONTENT }, '/customers'],
    [{ customers: ['c0'], kind: 'loyalty', content: CONTENT }, '/provider'],
    [{ customers: ['c0'], reward: { kind: 'voucher', amount: 500, valid_days: 7 }, content: CONTENT }, '/provider'],
    [{ customers: ['c0'], channel: 'sms', content: CONTENT }, '/channel'],
    [{ customers: ['c0'], content: { ...CONTENT, subject: 'a\nBcc: b@c.test' } }, '/content/subject'],
    [
      { customers: ['c0'], content: { subject: 'x', document: { type: 'doc', content: [{ type: 'script' }] } } },
      '/content/document/content/0/type',
    ],
  ])('%j is refused with its place, and nothing is stored', async (order, path) => {
    const { status, body } = await api.call<Refused>('post', '/campaigns', order)
    expect(status).toBe(400)
    expect(body.errors).toContainEqual({ path, message: expect.any(String) })
    expect(await db('campaigns').select('id')).toEqual([])
    expect(await db('workflow_outbox').select('workflow_id')).toEqual([])
  })

  test('preview as a customer, in their language, with the links as they are', async () => {
    await db('customers').where({ external_id: 'c0' }).update({ language: 'it' })
    const { body } = await api.call<{ subject: string; html: string; text: string; warnings: unknown[] }>(
      'post',
      '/campaigns/preview',
      {
        content: { ...CONTENT, html: `${CONTENT.html}<a href="javascript:x()">y</a>` },
        customer: 'c0',
      },
    )
    expect(body.subject).toBe('Hi First0')
    expect(body.html).toContain('href="https://a.test/"')
    expect(body.html).toContain('Annulla l’iscrizione')
    expect(body.html).not.toMatch(/\/t\/o\/|\/t\/c\/|javascript:/)
    expect(body.warnings).toHaveLength(1)
    expect((await api.call('post', '/campaigns/preview', { content: CONTENT, customer: 'nobody' })).status).toBe(404)
  })

  test('a test mail goes out at once, says so, and is nobody’s delivery', async () => {
    const { status, body } = await api.call<{ address: string }>('post', '/campaigns/test', {
      content: CONTENT,
      customer: 'c0',
    })
    expect(status).toBe(202)
    expect(smtp.mails).toHaveLength(1)
    expect(smtp.mails[0]).toMatchObject({ to: body.address, source: expect.stringMatching(/^X-Perennial-Test: 1\r$/m) })
    expect(smtp.mails[0]?.source).toMatch(/^Subject: \[Test\] Hi First0\r$/m)
    expect(await db('deliveries').select('id')).toEqual([])
    await api.call('post', '/campaigns/test', { content: CONTENT })
    const refused = await api.call<Refused>('post', '/campaigns/test', { content: CONTENT })
    expect(refused.status).toBe(503)
    expect(refused.body.detail).toContain('550 5.1.1 nobody')
  })

  test('deliveries by state, campaign and customer; communication; resend', async () => {
    const made = await api.call<Campaign>('post', '/campaigns', { customers: ['c0', 'c1', 'c2'], content: CONTENT })
    const id = Number(made.body.id)
    await freezeAudience(db, id, new Date())
    const { channel } = recordingChannel(({ to }) =>
      to.startsWith('c1') ? { state: 'unconfirmed', reason: 'lost' } : { state: 'sent', response: '250 ok' },
    )
    await deliverDue(db, id, attempt(channel))
    const list = async (query: string) =>
      (await api.call<{ items: Delivery[]; next: string | null }>('get', `/deliveries?${query}`)).body
    expect((await list('limit=2')).items).toHaveLength(2)
    const rest = await list(`limit=2&cursor=${(await list('limit=2')).next}`)
    expect(rest).toMatchObject({
      next: null,
      items: [{ customer: { id: 'c0', name: 'First0 Last' }, subject: 'Hi First0', state: 'sent' }],
    })
    const { items } = await list(`state=unconfirmed&campaign=${id}&customer=c1`)
    expect(items).toMatchObject([
      { state: 'unconfirmed', reason: 'lost', events: [{ type: 'unconfirmed', detail: { reason: 'lost' } }] },
    ])
    expect((await api.call<{ items: Delivery[] }>('get', '/customers/c1/communication')).body.items).toEqual(
      items.map((one) => ({ ...one, not_sent: null })),
    )
    expect((await api.call('get', '/customers/nobody/communication')).status).toBe(404)

    const again = await api.call<Delivery>('post', `/deliveries/${items[0]?.id}/resend`)
    expect(again.status).toBe(202)
    expect(again.body).toMatchObject({ state: 'queued', attempts: 0 })
    expect((await api.call('post', `/deliveries/${items[0]?.id}/resend`)).status).toBe(409)
    expect((await api.call('get', '/deliveries/999999')).status).toBe(404)
  })

  test('suppressions: put, listed in pages, lifted', async () => {
    for (const customer of ['c0', 'c1', 'c2'])
      expect((await api.call('put', `/suppressions/${customer}`)).status).toBe(200)
    type Page = {
      items: { customer: { id: string }; reason: string; source: string }[]
      next: string | null
      total: number
    }
    const first = (await api.call<Page>('get', '/suppressions?limit=2')).body
    expect(first).toMatchObject({
      total: 3,
      items: [{ customer: { id: 'c0' }, reason: 'by_hand', source: expect.stringMatching(/^API key/) }, {}],
    })
    const second = (await api.call<Page>('get', `/suppressions?limit=2&cursor=${first.next}`)).body
    expect(second).toMatchObject({ next: null, items: [{ customer: { id: 'c2' } }] })
    expect((await api.call('delete', '/suppressions/c0')).status).toBe(204)
    expect((await api.call('delete', '/suppressions/nobody')).status).toBe(404)
    expect((await api.call<Page>('get', '/suppressions')).body.total).toBe(2)
  })
})
