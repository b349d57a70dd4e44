import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { retryFailed } from '../../domain/automations/helpFailed.ts'
import { execute, rows } from '../../domain/database.ts'
import type { Channel, Sms } from '../../domain/deliveries/channels/channel.ts'
import { markDelivered } from '../../domain/deliveries/markDelivered.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import type { Pieces } from '../../domain/messages/pieces.ts'
import { readWebhookSecret, rotateWebhookSecret } from '../../domain/settings/webhookSecret.ts'
import type { Step } from '../../rules/automations/automation.ts'
import { automationOf, playUntil, waysOf } from '../support/automations.ts'
import { recordingChannel, SENT } from '../support/sending.ts'
import { at, NOW, of, stepBusiness } from '../support/stepBusiness.ts'
import { until as soon } from '../support/until.ts'

const database = stepBusiness()
const { clock, happen, until } = database

describe('a step', () => {
  test('that sends goes on when the message is out of our hands; who may not be written to goes on without', async () => {
    await execute(
      database.db,
      "UPDATE consents k JOIN customers c ON c.id = k.customer_id SET k.given = 0 WHERE c.external_id = 'c1'",
    )
    const { channel, taken } = recordingChannel(({ to }) =>
      to.startsWith('c2') ? { state: 'bounced', reason: '550 no' } : SENT,
    )
    await automationOf(database.db, of([{ id: 'mail', send: { channel: 'email', template: 'hello' } }]), NOW)
    await happen('go', 'c0', 'c1', 'c2')
    await until('2026-06-10T11:00', channel)
    expect(taken.map(({ to, subject }) => `${to} ${subject}`).sort()).toEqual([
      'c0@mail.test hello',
      'c2@mail.test hello',
    ])
    expect((await waysOf(database.db)).map(({ way, state }) => [state, way[0]?.slice(0, -17)])).toEqual([
      ['finished', 'mail sent'],
      ['finished', 'mail left_out'],
      ['finished', 'mail bounced'],
    ])
    const kept = await rows(
      database.db,
      'SELECT automation_id, template_id, state FROM deliveries ORDER BY customer_id',
    )
    expect(kept).toEqual([
      { automation_id: 'automation', template_id: 'hello', state: 'sent' },
      { automation_id: 'automation', template_id: 'hello', state: 'cancelled' },
      { automation_id: 'automation', template_id: 'hello', state: 'bounced' },
    ])
  })

  test('that sends holds its customers while it is quiet', async () => {
    await execute(database.db, `UPDATE settings SET quiet_hours = '{"from": "20:00", "to": "08:00"}'`)
    clock.now = at('2026-06-10T19:00')
    const { channel, taken } = recordingChannel()
    await automationOf(database.db, of([{ id: 'mail', send: { channel: 'email', template: 'hello' } }]), clock.now)
    await happen('go', 'c0')
    await until('2026-06-11T05:59', channel)
    expect(taken).toHaveLength(0)
    await until('2026-06-11T07:00', channel)
    expect((await waysOf(database.db))[0]?.way).toEqual(['mail sent 2026-06-11T06:00'])
  })

  test('that sends an SMS or a notification writes what stands there to each, over days, within quiet hours and caps', async () => {
    await execute(
      database.db,
      `UPDATE settings SET quiet_hours = '{"from": "20:00", "to": "08:00"}', frequency_cap = '{"mails": 1, "days": 2}'`,
    )
    clock.now = at('2026-06-10T19:00')
    const agreed =
      "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, ?, 1, ?, 'test' FROM customers"
    for (const channel of ['sms', 'push']) await execute(database.db, agreed, [channel, NOW])
    // c1 has no telephone, c2 no browser
    await execute(database.db, "UPDATE customers SET phone = CONCAT('+4917012345', id) WHERE external_id <> 'c1'")
    await execute(
      database.db,
      `INSERT INTO push_subscriptions (customer_id, endpoint, endpoint_hash, p256dh, auth, created_at)
       SELECT id, CONCAT('https://push.test/', external_id), UNHEX(SHA2(external_id, 256)), 'p', 'a', ? FROM customers
       WHERE external_id <> 'c2'`,
      [NOW],
    )
    const reward = { kind: 'voucher', amount: 500, days: 7, provider: 'p' } as const
    const steps: Step[] = [
      {
        id: 'sms',
        send: { channel: 'sms', text: 'Hello {{ customer.first_name | default: "you" }}: {{ reward.size }}', reward },
      },
      { id: 'day', wait: { days: 1 } },
      { id: 'push', send: { channel: 'push', title: 'Hi', text: 'Come back', url: 'https://studio.test/plan' } },
    ]
    await automationOf(database.db, of(steps), clock.now)
    const sent: string[] = []
    const noting = (said: (message: { to: unknown; text: string | Pieces }) => string): Channel<never> => ({
      concurrency: 5,
      close: () => {},
      send: async (message) => {
        sent.push(`${clock.now.toISOString().slice(5, 16)} ${said(message)}`)
        return SENT
      },
    })
    const short = {
      sms: noting(({ text }) => `sms ${String(text).split('\n')[0]}`),
      push: noting(({ to, text }) => `push ${(to as { endpoint: string }).endpoint.slice(-2)} ${String(text)}`),
    }
    await happen('go', 'c0', 'c1', 'c2')
    const play = (instant: string) =>
      playUntil(database.db, at(instant), { clock, channel: recordingChannel().channel, short })
    await play('2026-06-11T05:59')
    expect(sent).toEqual([])
    await play('2026-06-20T00:00')
    expect(sent.sort()).toEqual([
      expect.stringMatching(/^06-11T06:00 sms Hello First0: 5,00/),
      expect.stringMatching(/^06-11T06:00 sms Hello First2: /),
      // a message every two days: who had the SMS waits a day longer
      expect.stringMatching(/^06-12T\d\d:\d\d push c1 Come back$/),
      expect.stringMatching(/^06-13T\d\d:\d\d push c0 Come back$/),
    ])
    const ways = await waysOf(database.db)
    expect(ways.map(({ way }) => way.map((step) => step.slice(0, -17)))).toEqual([
      ['sms sent', 'day passed', 'push sent'],
      ['sms left_out', 'day passed', 'push sent'],
      ['sms sent', 'day passed', 'push left_out'],
    ])
    expect(await rows(database.db, "SELECT state FROM rewards WHERE state = 'active'")).toHaveLength(2)
  })

  test('that sends a reward reserves it, and gives it back when the message comes back', async () => {
    const reward = { kind: 'voucher', amount: 500, days: 7, provider: 'p' } as const
    const { channel } = recordingChannel(({ to }) => (to.startsWith('c1') ? { state: 'bounced', reason: 'no' } : SENT))
    await automationOf(database.db, of([{ id: 'mail', send: { channel: 'email', template: 'hello', reward } }]), NOW)
    await happen('go', 'c0', 'c1')
    await until('2026-06-10T11:00', channel)
    expect(await rows(database.db, 'SELECT state, amount, valid_to FROM rewards ORDER BY customer_id')).toEqual([
      { state: 'active', amount: 500, valid_to: '2026-06-16' },
      { state: 'given_back', amount: 500, valid_to: '2026-06-16' },
    ])
  })

  test('that cannot be done says why, and stays until it is retried or skipped', async () => {
    await automationOf(database.db, of([{ id: 'mail', send: { channel: 'email', template: 'missing' } }]), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T11:00')
    const [failed] = await rows(database.db, 'SELECT stands, reason FROM enrolments')
    expect(failed).toEqual({ stands: 'failed', reason: expect.stringMatching(/missing/) })
  })

  test('that tells somebody writes to the provider about the customer', async () => {
    const { channel, taken } = recordingChannel()
    const tell = { to: 'provider', subject: '{{ customer.first_name }} leaves', text: 'Call {{ customer.first_name }}' }
    const booking = {
      id: 'b',
      customer: 'c0',
      provider: 'p',
      starts_at: '2026-06-01T09:00:00Z',
      state: 'booked' as const,
    }
    const when = { on: 'booking_cancelled' } as const
    await automationOf(database.db, of([{ id: 'tell', tell }], { scope: 'provider', when }), NOW)
    await ingest(database.db, { bookings: [{ index: 0, item: booking }] }, clock.now)
    await until('2026-06-10T11:00', channel)
    expect(taken).toEqual([])
    await ingest(database.db, { bookings: [{ index: 0, item: { ...booking, state: 'cancelled' } }] }, clock.now)
    await until('2026-06-10T12:00', channel)
    expect(taken.map(({ to, subject, text }) => [to, subject, text])).toEqual([
      ['petra@studio.test', 'First0 leaves', 'Call First0'],
    ])
  })

  test('that sends over a channel that nobody has set up fails for each, and goes when it is there', async () => {
    const agreed =
      "INSERT INTO consents (customer_id, channel, given, at, source) SELECT id, 'sms', 1, ?, 'test' FROM customers"
    await execute(database.db, agreed, [NOW])
    await execute(database.db, "UPDATE customers SET phone = '+49170123450' WHERE external_id = 'c0'")
    await automationOf(database.db, of([{ id: 'sms', send: { channel: 'sms', text: 'Hello' } }]), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T11:00')
    const [stands] = await rows(database.db, 'SELECT stands, reason FROM enrolments')
    expect(stands).toEqual({ stands: 'failed', reason: 'no_channel: sms' })
    const sent: string[] = []
    const sms: Channel<Sms> = {
      concurrency: 1,
      close: () => {},
      send: async ({ to }) => {
        sent.push(to)
        return SENT
      },
    }
    expect(await retryFailed(database.db, 'automation', {}, clock.now)).toBe(1)
    const { channel } = recordingChannel()
    await playUntil(database.db, at('2026-06-10T12:00'), { clock, channel, short: { sms, push: sms as never } })
    expect(sent).toEqual(['+49170123450'])
    expect((await waysOf(database.db))[0]).toMatchObject({ state: 'finished' })
  })

  test('that calls a webhook signs it, tries again what is refused for now, and gives up what is wrong', async () => {
    const calls: { body: Record<string, unknown>; headers: Record<string, unknown>; answer: number }[] = []
    const signatures: string[] = []
    const server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => {
        text += chunk
      })
      request.on('end', () => {
        const body = JSON.parse(text)
        const [, at = ''] = /^t=(\d+)/.exec(String(request.headers['perennial-signature'])) ?? []
        const signed = (secret: string) => `v1=${createHmac('sha256', secret).update(`${at}.${text}`).digest('hex')}`
        signatures.push([`t=${at}`, signed(fresh), signed(old)].join(','))
        const answer = body.customer === 'c1' ? 404 : calls.length === 0 ? 503 : 204
        calls.push({ body, headers: request.headers, answer })
        response.writeHead(answer).end()
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    const { text: old } = await readWebhookSecret(database.db, NOW)
    const { text: fresh } = await rotateWebhookSecret(database.db, NOW)
    await automationOf(database.db, of([{ id: 'call', call: { url } }]), NOW)
    await happen('go', 'c0')
    await until('2026-06-10T10:10')
    await happen('go', 'c1')
    await until('2026-06-10T11:00')
    server.close()
    expect(calls.map(({ answer }) => answer)).toEqual([503, 204, 404])
    expect(calls[1]?.headers['idempotency-key']).toBe(calls[0]?.headers['idempotency-key'])
    // for a day after a new secret was made, by both
    expect(calls.map(({ headers }) => headers['perennial-signature'])).toEqual(signatures)
    expect(calls[1]?.body).toMatchObject({
      type: 'automation.step',
      automation: 'automation',
      customer: 'c0',
      step: 'call',
    })
    expect((await waysOf(database.db)).map(({ way, state }) => [state, ...way])).toEqual([
      ['finished', 'call passed 2026-06-10T10:00'],
      ['at call'],
    ])
  })

  test('that sends goes on by the notice that it has arrived, where the worker died before it could write so', async () => {
    const { db } = database
    let died = true
    const { channel } = recordingChannel(async ({ to, messageId }) => {
      if (!died) return SENT
      // both mails are out; of one the mail server has said so before the process ends
      if (to.startsWith('c0')) await db.transaction((trx) => markDelivered(trx, messageId, NOW))
      throw new Error('killed')
    })
    await automationOf(db, of([{ id: 'mail', send: { channel: 'email', template: 'hello' } }]), NOW)
    await happen('go', 'c0', 'c1')
    await expect(until('2026-06-10T10:00', channel)).rejects.toThrow('killed')
    died = false
    await until('2026-06-10T11:00', channel)
    expect((await waysOf(db)).map(({ customer, state, way }) => `${customer} ${state} ${way}`)).toEqual([
      'c0 finished mail sent 2026-06-10T10:00',
      'c1 finished mail unconfirmed 2026-06-10T10:00',
    ])
  })

  test('that calls keeps its claim for as long as the other side takes', async () => {
    const { db } = database
    const held: (() => void)[] = []
    const server = createServer((request, response) => {
      request.resume()
      held.push(() => response.writeHead(204).end())
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
    await automationOf(db, of([{ id: 'call', call: { url } }]), NOW)
    await happen('go', 'c0')
    const going = until('2026-06-10T10:00')
    await soon(async () => held.length === 1)
    // longer than a claim is kept of which nothing is heard
    clock.now = at('2026-06-10T10:05')
    await soon(async () => (await rows(db, 'SELECT 1 FROM enrolments WHERE due_at > ?', [clock.now])).length === 1)
    for (const answer of held) answer()
    await going
    server.close()
    expect((await waysOf(db))[0]?.way).toEqual(['call passed 2026-06-10T10:05'])
    expect(held).toHaveLength(1)
  })
})
