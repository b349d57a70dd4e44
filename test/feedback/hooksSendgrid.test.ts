import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { Hooks, twilio } from '../support/hooks.ts'

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })

describe('the webhook of SendGrid', () => {
  let hooks: Hooks
  beforeAll(async () => {
    hooks = await Hooks.start()
  })
  afterAll(() => hooks.close())
  beforeEach(() => hooks.next())

  function signed(body: string, key = twilio.privateKey, time = String(Math.floor(hooks.now.getTime() / 1_000))) {
    const signature = sign('sha256', Buffer.from(time + body), key).toString('base64')
    return { 'x-twilio-email-event-webhook-signature': signature, 'x-twilio-email-event-webhook-timestamp': time }
  }
  const send = (told: object[]) => {
    const body = JSON.stringify(told)
    return hooks.post('sendgrid', body, signed(body))
  }
  const event = (name: string, more: object = {}) => ({
    email: 'c0@mail.test',
    timestamp: Math.floor(hooks.now.getTime() / 1_000),
    'smtp-id': hooks.one.messageId,
    event: name,
    sg_event_id: randomBytes(8).toString('hex'),
    sg_message_id: 'x.filter',
    ...more,
  })

  test.each([
    [
      [event0('bounce', { status: '5.1.1', reason: '550 5.1.1 unknown', type: 'bounce' })],
      'bounced',
      'bad_address',
      'bounced',
    ],
    [
      [event0('bounce', { status: '5.0.0', reason: '550 blocked for reputation', type: 'blocked' })],
      'bounced',
      'content',
      undefined,
    ],
    [[event0('bounce', { reason: '550 5.7.26 DMARC', type: 'blocked' })], 'bounced', 'configuration', undefined],
    [[event0('dropped', { reason: 'Bounced Address' })], 'bounced', 'bad_address', 'bounced'],
    [[event0('dropped', { reason: 'Unsubscribed Address' })], 'sent', null, 'unsubscribed'],
    [[event0('dropped', { reason: 'Spam Reporting Address' })], 'sent', null, 'complained'],
    [[event0('deferred', { response: '451 later' })], 'sent', null, undefined],
    [[event0('delivered'), event0('bounce', { reason: '550 5.1.1 gone' })], 'bounced', 'bad_address', 'bounced'],
    [[event0('bounce', { reason: '550 5.1.1 gone' }), event0('delivered')], 'bounced', 'bad_address', 'bounced'],
    [[event0('spamreport'), event0('group_unsubscribe')], 'sent', null, 'complained'],
    [[event0('open'), event0('click'), event0('processed'), event0('')], 'sent', null, undefined],
  ])('%j', async (told, state, bounceClass, reason) => {
    expect((await send(told.map(([name, more]) => event(name, more)))).status).toBe(200)
    expect(await hooks.delivery()).toMatchObject({ state, bounce_class: bounceClass })
    expect(await hooks.suppressed()).toBe(reason)
  })

  test('a changed body, another time, another key, no signature: refused', async () => {
    const body = JSON.stringify([event('bounce', { reason: '550 5.1.1' })])
    expect((await hooks.post('sendgrid', `${body} `, signed(body))).status).toBe(403)
    expect(
      (await hooks.post('sendgrid', body, { ...signed(body), 'x-twilio-email-event-webhook-timestamp': '1' })).status,
    ).toBe(403)
    expect((await hooks.post('sendgrid', body, signed(body, stranger.privateKey))).status).toBe(403)
    expect((await hooks.post('sendgrid', body)).status).toBe(403)
    expect((await hooks.delivery())?.state).toBe('sent')
  })

  test('ten thousand events at once, shuffled and told twice: each counts once', async () => {
    const others = await Promise.all(Array.from({ length: 3 }, () => hooks.sendOne()))
    const told = Array.from({ length: 5_000 }, (_, index) =>
      event(index % 7 === 0 ? 'delivered' : 'deferred', {
        'smtp-id': undefined,
        perennial: [hooks.one, ...others][index % 4]?.token,
        sg_event_id: `e${index}`,
      }),
    )
    told.push(event('delivered', { 'smtp-id': '<not@ours.test>' }))
    const all = [...told, ...told].slice(0, 10_000).map(({ email: _, sg_message_id: __, ...rest }) => rest)
    const answer = await send(all)
    expect(answer).toMatchObject({ status: 200, body: { taken: 5_000, unknown: expect.any(Number) } })
    const counts = await rows<{ count: number }>(
      hooks.db,
      'SELECT COUNT(*) AS count FROM delivery_events WHERE delivery_id IN (?) GROUP BY delivery_id',
      [[hooks.one.id, ...others.map(({ id }) => id)]],
    )
    for (const { count } of counts) expect(count).toBeLessThanOrEqual(201)
    expect((await hooks.delivery())?.state).toBe('delivered')
  })

  test('two calls at once with the same events: each counts once', async () => {
    const told = [event('bounce', { reason: '550 5.1.1 gone' }), event('deferred'), event('delivered')]
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(told)))
    expect(answers.reduce((sum, { body }) => sum + body.taken, 0)).toBe(3)
    expect((await hooks.events()).toSorted()).toEqual(['bounced', 'deferred', 'delivered', 'sent'])
  })
})

/** An event by its name, to be filled in when its delivery is known. */
function event0(name: string, more: object = {}): [string, object] {
  return [name, more]
}
