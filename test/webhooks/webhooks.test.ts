import { describe, expect, test } from '@jest/globals'
import type { Webhook, WebhookCall } from '../../api/contract/webhooks.ts'
import { execute, rows } from '../../domain/database.ts'
import { noteEvents } from '../../domain/webhooks/noteEvents.ts'
import { noteTransitions } from '../../domain/webhooks/noteTransitions.ts'
import { startApi } from '../support/api.ts'
import { addPerson } from '../support/people.ts'
import { isSigned, type Received } from '../support/receiver.ts'
import { NOW } from '../support/stepBusiness.ts'
import { webhookBusiness } from '../support/webhookBusiness.ts'

const hooks = webhookBusiness()
const { business, taken, telling, tell, make } = hooks
const { clock } = business

const later = (minutes: number) => {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000)
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
  (await hooks.api.call<{ items: WebhookCall[]; next: string | null }>('get', `/webhooks/${id}/calls${query}`)).body
const stateOf = async (id: string) => (await hooks.api.call<Webhook>('get', `/webhooks/${id}`)).body

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
    expect(hooks.receiver.received).toEqual([])
  })
})

describe('a call', () => {
  test('is signed, and for a day after another secret was made with both', async () => {
    const id = await make()
    const secretBy = async (how: string) =>
      (await hooks.api.call<{ secret: string }>('post', `/webhooks/${id}/secret/${how}`)).body.secret
    const first = await secretBy('show')
    expect(first).toMatch(/^whsec_[\w-]{43}$/)
    const second = await secretBy('rotate')
    expect(second).not.toBe(first)
    await happen('c0')
    await tell()
    const [call] = hooks.receiver.received as [Received]
    expect([isSigned(call, first), isSigned(call, second), isSigned(call, 'whsec_other')]).toEqual([true, true, false])
    expect(call.headers).toMatchObject({
      'idempotency-key': call.body.id,
      'perennial-event': 'segment.entered',
      'content-type': 'application/json',
    })
    later(24 * 60)
    await happen('c1')
    await tell()
    expect(isSigned(hooks.receiver.received[1] as Received, first)).toBe(false)
    expect(JSON.stringify((await hooks.api.call('get', '/audit?limit=50')).body)).not.toContain(second)
  })

  test('that does not arrive is tried again with growing pauses, under the same id, and each try is in the log', async () => {
    const id = await make()
    hooks.receiver.answer((_, before) => (before === 0 ? [500, 'later'] : before === 1 ? 302 : 204))
    await happen('c0')
    await tell()
    await tell()
    expect(hooks.receiver.received).toHaveLength(1)
    expect(await stateOf(id)).toMatchObject({ state: 'on', queued: 1, failing_since: NOW.toISOString() })
    expect((await callsOf(id)).items).toMatchObject([{ state: 'queued', attempts: 1, status: 500, answer: 'later' }])
    later(1)
    await tell()
    later(1)
    await tell()
    const [first, second, third] = hooks.receiver.received
    expect([second?.text, third?.text]).toEqual([first?.text, first?.text])
    expect(await stateOf(id)).toMatchObject({ queued: 0, done: 1, failing_since: null })
    const event = first?.body.id
    const kept = await hooks.api.call<{ body: unknown; tries: Record<string, unknown>[] }>(
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
      url: hooks.receiver.url,
      headers: { 'perennial-signature': third?.headers['perennial-signature'] },
    })
  })

  test('goes once, however many workers look at the same time', async () => {
    await make()
    await happen('c0', 'c1', 'c2', 'c3')
    for (let n = 0; n < 20; n++) await happen('c0', 'c1', 'c2', 'c3')
    await Promise.all(Array.from({ length: 4 }, () => tell()))
    await tell()
    const ids = hooks.receiver.received.map(({ body }) => body.id)
    expect([ids.length, new Set(ids).size]).toEqual([84, 84])
  })

  test('that a process died over is made again when its time is over, and the log says so', async () => {
    const id = await make()
    hooks.receiver.answer((_, before) => (before === 0 ? 'silent' : 204))
    await happen('c0')
    const dying = telling()
    await dying.look()
    while (hooks.receiver.received.length === 0) await new Promise((done) => setTimeout(done, 10))
    await tell()
    expect(hooks.receiver.received).toHaveLength(1)
    later(2)
    await tell()
    expect((await callsOf(id)).items).toMatchObject([{ state: 'done', attempts: 2, status: 204 }])
    // what the first one hears too late is in the log, and changes nothing
    const before = await callsOf(id)
    const event = hooks.receiver.received[0]?.body.id
    const tries = async () =>
      (await hooks.api.call<{ tries: { outcome: string | null }[] }>('get', `/webhooks/${id}/calls/${event}`)).body
        .tries
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
    expect(hooks.receiver.received).toEqual([])
  })
})

describe('an endpoint', () => {
  test('that takes nothing for a day is switched off, its admins are told once, and what waited goes when it is on again', async () => {
    await execute(business.db, 'DELETE FROM users')
    await addPerson(business.db, 'admin@studio.test', 'admin')
    await addPerson(business.db, 'manager@studio.test', 'manager')
    const id = await make()
    hooks.receiver.answer(() => 503)
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
    const tries = hooks.receiver.received.length
    await happen('c2')
    await tell()
    expect(hooks.receiver.received).toHaveLength(tries)

    hooks.receiver.answer(() => 204)
    expect((await hooks.api.call('post', `/webhooks/${id}/replay`, { since: NOW.toISOString() })).status).toBe(409)
    await hooks.api.call('patch', `/webhooks/${id}`, { state: 'on' })
    await tell()
    // side by side: which of them comes first is not promised
    const again = hooks.receiver.received.slice(tries).map(({ body }) => body.customer)
    expect(again.sort()).toEqual(['c0', 'c1'])
    // what happened while it was off is sent when somebody says so
    const since = { since: NOW.toISOString(), only_missed: true }
    expect((await hooks.api.call('post', `/webhooks/${id}/replay`, since)).body).toEqual({ sent: 1 })
    await tell()
    expect(hooks.receiver.received.at(-1)?.body.customer).toBe('c2')
  })

  test('that says it is gone is switched off at once; one call that is never taken ends no other', async () => {
    const id = await make()
    hooks.receiver.answer(({ body }) => (body.customer === 'c0' ? 400 : 204))
    await happen('c0')
    for (let hours = 0; hours < 40; hours++) {
      await tell()
      later(60)
      await happen('c1')
    }
    await tell()
    expect(await stateOf(id)).toMatchObject({ state: 'on', failing_since: null })
    expect((await callsOf(id, '?state=failed')).items).toMatchObject([{ attempts: 10, status: 400 }])
    hooks.receiver.answer(() => 410)
    await happen('c2')
    await tell()
    expect(await stateOf(id)).toMatchObject({ state: 'off', off_reason: 'gone', queued: 1 })
  })

  test('is tested, also while it is off; the answer is said and kept', async () => {
    const id = await make()
    await hooks.api.call('patch', `/webhooks/${id}`, { state: 'off' })
    hooks.receiver.answer(() => [201, 'thanks'])
    const reply = await hooks.api.call('post', `/webhooks/${id}/test`)
    expect(reply.body).toMatchObject({ outcome: 'done', status: 201, answer: 'thanks' })
    expect(hooks.receiver.received.map(({ body }) => [body.type, body.customer])).toEqual([['webhook.test', null]])
    await tell()
    expect((await callsOf(id)).items).toMatchObject([{ type: 'webhook.test', state: 'done', attempts: 1 }])
  })

  test('gets one event again, or all since an instant, under their old ids; the log is read in pages', async () => {
    const id = await make()
    await happen('c0', 'c1')
    later(10)
    await happen('c2')
    await tell()
    const ids = hooks.receiver.received.map(({ body }) => body.id).sort()
    const again = async (what: unknown) => {
      hooks.receiver.received.length = 0
      const { status, body } = await hooks.api.call<{ sent: number }>('post', `/webhooks/${id}/replay`, what)
      await tell()
      return [status, body.sent, hooks.receiver.received.map((call) => call.body.id).sort()]
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
    expect((await hooks.api.call('delete', `/webhooks/${id}`)).status).toBe(204)
    expect((await hooks.api.call('get', `/webhooks/${id}/calls`)).status).toBe(404)
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
