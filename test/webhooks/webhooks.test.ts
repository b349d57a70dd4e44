import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Webhook, WebhookCall } from '../../api/contract/webhooks.ts'
import { execute, rows } from '../../domain/database.ts'
import { insertEvents } from '../../domain/deliveries/events.ts'
import { refreshOnce } from '../../domain/segments/refreshWhileBusy.ts'
import { recordAnswer } from '../../domain/surveys/recordAnswer.ts'
import { Telling } from '../../domain/webhooks/keepTelling.ts'
import { noteEvents } from '../../domain/webhooks/noteEvents.ts'
import { noteTransitions } from '../../domain/webhooks/noteTransitions.ts'
import { WEBHOOK_EVENTS } from '../../rules/webhooks/events.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { automationOf } from '../support/automations.ts'
import { addPerson } from '../support/people.ts'
import { isSigned, type Received, type Receiver, startReceiver } from '../support/receiver.ts'
import { frozenCampaign, recordingChannel } from '../support/sending.ts'
import { NOW, of, stepBusiness } from '../support/stepBusiness.ts'

const business = stepBusiness()
const { clock } = business
let api: TestApi
let receiver: Receiver
const { channel, taken } = recordingChannel()

beforeAll(async () => {
  api = await startApi(business.db, undefined, () => clock.now, { privateWebhooks: true })
  receiver = await startReceiver()
})
afterAll(async () => {
  await api?.close()
  await receiver?.close()
})
beforeEach(async () => {
  for (const table of ['webhook_endpoints', 'webhook_events']) await execute(business.db, `DELETE FROM ${table}`)
  receiver.received.length = 0
  receiver.answer(() => 204)
  taken.length = 0
})

const telling = () =>
  new Telling({
    db: business.db,
    email: channel,
    publicUrl: 'http://studio.test',
    clock: () => clock.now,
    allowPrivate: true,
    onTrouble: (error) => {
      throw error
    },
  })

/** One look, with the calls that it begins. */
async function tell(teller = telling()): Promise<void> {
  await teller.look()
  await teller.settled()
}

const later = (minutes: number) => {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000)
}

async function make(events: readonly string[] = ['segment.entered', 'segment.left']): Promise<string> {
  const made = await api.call<Webhook>('post', '/webhooks', { name: 'CRM', url: receiver.url, events })
  expect(made.status).toBe(201)
  return made.body.id
}

/** Something happens to each of some customers. */
const happen = (...customers: string[]) =>
  business.db.transaction(async (trx) => {
    const found = await rows<{ id: number }>(trx, 'SELECT id FROM customers WHERE external_id IN (?)', [customers])
    const events = found.map(({ id }) => {
      return { type: 'segment.entered' as const, customerId: id, providerId: 0, data: { segment: 's' } }
    })
    await noteEvents(trx, events, clock.now)
  })

const callsOf = async (id: string, query = '') =>
  (await api.call<{ items: WebhookCall[]; next: string | null }>('get', `/webhooks/${id}/calls${query}`)).body
const stateOf = async (id: string) => (await api.call<Webhook>('get', `/webhooks/${id}`)).body

describe('what happens is told', () => {
  test('nothing that was undone, and no history: what nobody wants is not even noted', async () => {
    const { db } = business
    await happen('c0')
    expect(await rows(db, 'SELECT id FROM webhook_calls')).toEqual([])
    await execute(db, 'DELETE FROM webhook_events')
    const change = { segment: 1, providerId: 0, customerId: 1, entered: true, version: 1 }
    await noteTransitions(db, [{ ...change, cause: 'event' }], NOW)
    expect(await rows(db, 'SELECT id FROM webhook_events')).toEqual([])
    await make()
    await noteTransitions(
      db,
      [
        { ...change, cause: 'historical' },
        { ...change, cause: 'initial' },
      ],
      NOW,
    )
    const undone = db.transaction(async (trx) => {
      await noteTransitions(trx, [{ ...change, cause: 'event' }], NOW)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await tell()
    expect(receiver.received).toEqual([])
  })
})

describe('a call', () => {
  test('is signed, and for a day after another secret was made with both', async () => {
    const id = await make()
    const secretBy = async (how: string) =>
      (await api.call<{ secret: string }>('post', `/webhooks/${id}/secret/${how}`)).body.secret
    const first = await secretBy('show')
    expect(first).toMatch(/^whsec_[\w-]{43}$/)
    const second = await secretBy('rotate')
    expect(second).not.toBe(first)
    await happen('c0')
    await tell()
    const [call] = receiver.received as [Received]
    expect([isSigned(call, first), isSigned(call, second), isSigned(call, 'whsec_other')]).toEqual([true, true, false])
    expect(call.headers).toMatchObject({
      'idempotency-key': call.body.id,
      'perennial-event': 'segment.entered',
      'content-type': 'application/json',
    })
    later(24 * 60)
    await happen('c1')
    await tell()
    expect(isSigned(receiver.received[1] as Received, first)).toBe(false)
    expect(JSON.stringify((await api.call('get', '/audit?limit=50')).body)).not.toContain(second)
  })

  test('that does not arrive is tried again with growing pauses, under the same id, and each try is in the log', async () => {
    const id = await make()
    receiver.answer((_, before) => (before === 0 ? [500, 'later'] : before === 1 ? 302 : 204))
    await happen('c0')
    await tell()
    await tell()
    expect(receiver.received).toHaveLength(1)
    expect(await stateOf(id)).toMatchObject({ state: 'on', queued: 1, failing_since: NOW.toISOString() })
    expect((await callsOf(id)).items).toMatchObject([{ state: 'queued', attempts: 1, status: 500, answer: 'later' }])
    later(1)
    await tell()
    later(1)
    await tell()
    const [first, second, third] = receiver.received
    expect([second?.text, third?.text]).toEqual([first?.text, first?.text])
    expect(await stateOf(id)).toMatchObject({ queued: 0, done: 1, failing_since: null })
    const event = first?.body.id
    const kept = await api.call<{ body: unknown; tries: Record<string, unknown>[] }>(
      'get',
      `/webhooks/${id}/calls/${event}`,
    )
    expect(kept.body).toMatchObject({ state: 'done', attempts: 3, body: first?.body })
    expect(kept.body.tries.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['again', 500],
      // a redirect is not followed
      ['again', 302],
      ['done', 204],
    ])
    expect(kept.body.tries[2]).toMatchObject({
      url: receiver.url,
      headers: { 'perennial-signature': third?.headers['perennial-signature'] },
    })
  })

  test('goes once, however many workers look at the same time', async () => {
    await make()
    await happen('c0', 'c1', 'c2', 'c3')
    for (let n = 0; n < 20; n++) await happen('c0', 'c1', 'c2', 'c3')
    await Promise.all(Array.from({ length: 4 }, () => tell()))
    await tell()
    const ids = receiver.received.map(({ body }) => body.id)
    expect([ids.length, new Set(ids).size]).toEqual([84, 84])
  })

  test('that a process died over is made again when its time is over, and the log says so', async () => {
    const id = await make()
    receiver.answer((_, before) => (before === 0 ? 'silent' : 204))
    await happen('c0')
    const dying = telling()
    await dying.look()
    while (receiver.received.length === 0) await new Promise((done) => setTimeout(done, 10))
    await tell()
    expect(receiver.received).toHaveLength(1)
    later(2)
    await tell()
    expect((await callsOf(id)).items).toMatchObject([{ state: 'done', attempts: 2, status: 204 }])
    // what the first one hears too late is in the log, and changes nothing
    const before = await callsOf(id)
    const event = receiver.received[0]?.body.id
    const tries = async () =>
      (await api.call<{ tries: { outcome: string | null }[] }>('get', `/webhooks/${id}/calls/${event}`)).body.tries
    expect((await tries()).map(({ outcome }) => outcome)).toEqual([null, 'done'])
    expect(await callsOf(id)).toEqual(before)
  })

  test('never leads into our own network, unless that is said', async () => {
    const strict = await startApi(business.db, undefined, () => clock.now)
    const url = (text: string) => strict.call('post', '/webhooks', { name: 'x', url: text, events: ['segment.left'] })
    for (const text of [
      'http://crm.example.com/',
      'https://localhost/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.1]/',
      'https://0x7f.1/',
      'https://169.254.169.254/latest/meta-data',
      'https://user:password@crm.example.com/',
      'ftp://crm.example.com/',
      'javascript:alert(1)',
      '/hooks',
    ]) {
      expect([text, (await url(text)).body]).toEqual([
        text,
        expect.objectContaining({ errors: [expect.objectContaining({ path: '/url' })] }),
      ])
    }
    // an address that was good when it was written down is looked at with every call
    const id = await make()
    const reply = await strict.call<{ status: number | null; answer: string; outcome: string }>(
      'post',
      `/webhooks/${id}/test`,
    )
    expect(reply.body).toMatchObject({ outcome: 'again', status: null, answer: expect.stringContaining('own network') })
    await strict.close()
    expect(receiver.received).toEqual([])
  })
})

describe('an endpoint', () => {
  test('that takes nothing for a day is switched off, its admins are told once, and what waited goes when it is on again', async () => {
    await execute(business.db, 'DELETE FROM users')
    await addPerson(business.db, 'admin@studio.test', 'admin')
    await addPerson(business.db, 'manager@studio.test', 'manager')
    const id = await make()
    receiver.answer(() => 503)
    await happen('c0', 'c1')
    for (let hours = 0; hours < 60 && (await stateOf(id)).state === 'on'; hours++) {
      await tell()
      later(60)
    }
    expect(await stateOf(id)).toMatchObject({ state: 'off', off_reason: 'gave_up', queued: 2 })
    await tell()
    await tell()
    expect(taken.map(({ to }) => to)).toEqual(['admin@studio.test'])
    expect(taken[0]?.text).toContain(`http://studio.test/webhooks/${id}`)
    const tries = receiver.received.length
    await happen('c2')
    await tell()
    expect(receiver.received).toHaveLength(tries)

    receiver.answer(() => 204)
    expect((await api.call('post', `/webhooks/${id}/replay`, { since: NOW.toISOString() })).status).toBe(409)
    await api.call('patch', `/webhooks/${id}`, { state: 'on' })
    await tell()
    expect(receiver.received.slice(tries).map(({ body }) => body.customer)).toEqual(['c0', 'c1'])
    // what happened while it was off is sent when somebody says so
    const since = { since: NOW.toISOString(), only_missed: true }
    expect((await api.call('post', `/webhooks/${id}/replay`, since)).body).toEqual({ sent: 1 })
    await tell()
    expect(receiver.received.at(-1)?.body.customer).toBe('c2')
  })

  test('that says it is gone is switched off at once; one call that is never taken ends no other', async () => {
    const id = await make()
    receiver.answer(({ body }) => (body.customer === 'c0' ? 400 : 204))
    await happen('c0')
    for (let hours = 0; hours < 40; hours++) {
      await tell()
      later(60)
      await happen('c1')
    }
    await tell()
    expect(await stateOf(id)).toMatchObject({ state: 'on', failing_since: null })
    expect((await callsOf(id, '?state=failed')).items).toMatchObject([{ attempts: 10, status: 400 }])
    receiver.answer(() => 410)
    await happen('c2')
    await tell()
    expect(await stateOf(id)).toMatchObject({ state: 'off', off_reason: 'gone', queued: 1 })
  })

  test('is tested, also while it is off; the answer is said and kept', async () => {
    const id = await make()
    await api.call('patch', `/webhooks/${id}`, { state: 'off' })
    receiver.answer(() => [201, 'thanks'])
    const reply = await api.call('post', `/webhooks/${id}/test`)
    expect(reply.body).toMatchObject({ outcome: 'done', status: 201, answer: 'thanks' })
    expect(receiver.received.map(({ body }) => [body.type, body.customer])).toEqual([['webhook.test', null]])
    await tell()
    expect((await callsOf(id)).items).toMatchObject([{ type: 'webhook.test', state: 'done', attempts: 1 }])
  })

  test('gets one event again, or all since an instant, under their old ids; the log is read in pages', async () => {
    const id = await make()
    await happen('c0', 'c1')
    later(10)
    await happen('c2')
    await tell()
    const ids = receiver.received.map(({ body }) => body.id).sort()
    const again = async (what: unknown) => {
      receiver.received.length = 0
      const { status, body } = await api.call<{ sent: number }>('post', `/webhooks/${id}/replay`, what)
      await tell()
      return [status, body.sent, receiver.received.map((call) => call.body.id).sort()]
    }
    expect(await again({ event: ids[0] })).toEqual([200, 1, [ids[0]]])
    expect(await again({ since: clock.now.toISOString() })).toEqual([200, 1, [ids[2]]])
    expect(await again({ since: NOW.toISOString() })).toEqual([200, 3, ids])
    expect(await again({ since: NOW.toISOString(), only_missed: true })).toEqual([200, 0, []])
    expect((await again({ event: 'evt_999999999' }))[0]).toBe(404)
    const first = await callsOf(id, '?limit=2')
    const rest = await callsOf(id, `?limit=2&cursor=${first.next}`)
    expect([...first.items, ...rest.items].map(({ event }) => event)).toEqual([...ids].reverse())
    expect(rest.next).toBeNull()
    expect((await api.call('delete', `/webhooks/${id}`)).status).toBe(204)
    expect((await api.call('get', `/webhooks/${id}/calls`)).status).toBe(404)
    expect(await rows(business.db, 'SELECT id FROM webhook_attempts')).toEqual([])
  })

  test('keeps what is not older than a month', async () => {
    await make()
    await happen('c0')
    later(29 * 1440)
    await happen('c1')
    await tell()
    expect(await rows(business.db, 'SELECT id FROM webhook_events')).toHaveLength(2)
    later(2 * 1440)
    await tell()
    expect(await rows(business.db, 'SELECT id FROM webhook_events')).toHaveLength(1)
    expect(await rows(business.db, 'SELECT id FROM webhook_calls')).toHaveLength(1)
  })
})

// the last one: what a ledger speaks of is never cleared away
describe('everything that can be told', () => {
  test('is told to whoever wants it, with who it is about', async () => {
    const { db } = business
    await make(WEBHOOK_EVENTS)
    const good = async (method: string, path: string, body?: unknown) => {
      const reply = await api.call(method, path, body)
      expect([path, reply.status < 300, reply.body]).toEqual([path, true, reply.body])
    }
    await automationOf(
      db,
      of([{ id: 'day', wait: { days: 1 } }], { unless: [{ id: 'x', on: { on: 'event', name: 'stop' } }] }),
      NOW,
    )
    const rule = { fact: 'tag', is: 'any_of', value: ['a'] }
    await good('post', '/segments', { id: 'tagged', name: 'Tagged', rule })
    await execute(db, 'UPDATE segments SET computed_version = version, computed_at = ?', [NOW])
    await execute(db, 'DELETE FROM segment_recomputations')
    await good('post', '/customers/tag', { customers: ['c0'], add: ['a'] })
    await refreshOnce(db, NOW)
    await good('post', '/customers/tag', { customers: ['c0'], remove: ['a'] })
    await refreshOnce(db, NOW)
    await good('post', '/customers/status', { customers: ['c1'], status: 'vip' })
    await good('put', '/suppressions/c2?channel=email', { reason: 'unsubscribed' })
    await good('put', '/suppressions/c2?channel=email', { reason: 'unsubscribed' })
    await good('delete', '/suppressions/c2?channel=email')
    const gift = {
      provider: 'p',
      customer: 'c3',
      kind: 'voucher',
      amount: 500,
      valid_from: '2026-06-01',
      valid_to: '2026-06-30',
    }
    await good('post', '/rewards', gift)
    const booking = {
      id: 'b1',
      customer: 'c3',
      provider: 'p',
      starts_at: '2026-06-10T09:00:00Z',
      minutes: 30,
      price: 900,
      state: 'attended',
    }
    await good('post', '/ingest', { bookings: [booking] })
    await good('post', '/redemptions', { booking: 'b1' })
    await good('delete', '/redemptions/b1')
    await business.happen('go', 'c0')
    await refreshOnce(db, NOW)
    await business.happen('stop', 'c0')
    const campaign = await frozenCampaign(db, { customers: ['c0'] } as never, NOW)
    const [delivery] = await rows<{ id: number; customer_id: number }>(db, 'SELECT id, customer_id FROM deliveries')
    const happened = [
      'sent',
      'delivered',
      'opened',
      'clicked',
      'bounced',
      'failed',
      'unconfirmed',
      'cancelled',
      'complained',
    ] as const
    await insertEvents(
      db,
      happened.map((type) => ({
        delivery: delivery?.id ?? 0,
        type,
        detail: {
          url: 'https://studio.test/',
          reason: type === 'cancelled' ? 'taken_out' : '550 c0@mail.test',
          class: 'bad_address',
        },
      })),
      NOW,
    )
    await insertEvents(db, [{ delivery: delivery?.id ?? 0, type: 'opened', machine: 'proxy' }], NOW)
    const question = { survey: 'why', question: 'Why?', choices: [{ answer: 'time', label: 'Time' }], clicked: 'time' }
    await recordAnswer(
      db,
      { delivery: delivery?.id ?? 0, customerId: delivery?.customer_id ?? 0, ...question } as never,
      { answer: 'time', comment: 'my own words' },
      NOW,
    )
    await tell()
    const told = receiver.received.map(({ body: { type, customer, provider, data } }) => ({
      type,
      customer,
      provider,
      data,
    }))
    const of1 = { delivery: String(delivery?.id), campaign: String(campaign), kind: 'one_off', channel: 'email' }
    const one = (type: string) => told.filter((body) => body.type === type)
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(WEBHOOK_EVENTS))
    expect(one('segment.entered')).toEqual([
      {
        type: 'segment.entered',
        customer: 'c0',
        provider: null,
        data: { segment: 'tagged', cause: 'event', version: 1 },
      },
    ])
    expect(one('segment.left')).toHaveLength(1)
    expect(one('status.changed')).toEqual([
      expect.objectContaining({
        customer: 'c1',
        data: { from: 'lead', to: 'vip', cause: 'by_hand', rule: null, automation: null },
      }),
    ])
    // twice unsubscribed is once
    expect(one('suppression.set')).toEqual([
      expect.objectContaining({ customer: 'c2', data: { channel: 'email', kind: 'all', reason: 'unsubscribed' } }),
    ])
    expect(one('suppression.lifted')).toHaveLength(1)
    expect(one('reward.given')).toEqual([
      expect.objectContaining({
        customer: 'c3',
        provider: 'p',
        data: expect.objectContaining({ kind: 'voucher', amount: 500 }),
      }),
    ])
    expect(one('reward.used')).toEqual([
      expect.objectContaining({
        data: expect.objectContaining({ booking: 'b1', price: 900, discount: 500, minutes: 0 }),
      }),
    ])
    expect(one('reward.taken_back')[0]?.data).toMatchObject({ booking: 'b1', why: 'by_hand' })
    expect(one('enrolment.entered')[0]?.data).toMatchObject({ automation: 'automation', version: 1, cause: 'event' })
    expect(one('enrolment.ended')[0]?.data).toMatchObject({ automation: 'automation', state: 'exited', reason: 'x' })
    expect(one('delivery.clicked')).toEqual([
      expect.objectContaining({ customer: 'c0', data: { ...of1, url: 'https://studio.test/' } }),
    ])
    expect(one('delivery.bounced')[0]?.data).toEqual({ ...of1, bounce_class: 'bad_address' })
    // what a machine did is nobody's doing, and nobody's address or words are handed on
    expect(one('delivery.opened')).toHaveLength(1)
    expect(one('survey.answered')[0]?.data).toMatchObject({ survey: 'why', answer: 'time', label: 'Time' })
    const everything = receiver.received.map(({ text }) => text).join()
    expect(everything).not.toContain('mail.test')
    expect(everything).not.toContain('my own words')
  })
})
