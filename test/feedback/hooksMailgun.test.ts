import { createHmac, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { Hooks, MAILGUN_KEY } from '../support/hooks.ts'

describe('the webhook of Mailgun', () => {
  let hooks: Hooks
  beforeAll(async () => {
    hooks = await Hooks.start()
  })
  afterAll(() => hooks.close())
  beforeEach(() => hooks.next())

  const event = (data: object, { token = randomBytes(25).toString('hex'), key = MAILGUN_KEY, at = hooks.now } = {}) => {
    const timestamp = String(Math.floor(at.getTime() / 1_000))
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex')
    return JSON.stringify({
      signature: { timestamp, token, signature },
      'event-data': {
        id: 'e1',
        timestamp: at.getTime() / 1_000,
        recipient: 'c0@mail.test',
        message: { headers: { 'message-id': hooks.one.messageId.slice(1, -1) } },
        ...data,
      },
    })
  }
  const failed = {
    event: 'failed',
    severity: 'permanent',
    reason: 'bounce',
    'delivery-status': {
      code: 550,
      'enhanced-code': '5.1.1',
      message: '5.1.1 The email account does not exist',
      description: '',
    },
  }

  test('a failure, found by its Message-ID; for hooks.now, it is put off', async () => {
    await hooks.post('mailgun', event({ ...failed, severity: 'temporary' }))
    expect((await hooks.delivery())?.state).toBe('sent')
    expect((await hooks.post('mailgun', event(failed))).body).toEqual({ taken: 1, repeated: 0, unknown: 0 })
    expect(await hooks.delivery()).toMatchObject({
      state: 'bounced',
      reason: '550 5.1.1 The email account does not exist',
      bounce_class: 'bad_address',
    })
  })

  test.each([
    [{ event: 'delivered' }, 'delivered', undefined],
    [{ event: 'complained' }, 'sent', 'complained'],
    [{ event: 'unsubscribed' }, 'sent', 'unsubscribed'],
    [{ event: 'opened' }, 'sent', undefined],
    [
      {
        event: 'failed',
        severity: 'permanent',
        reason: 'suppress-bounce',
        'delivery-status': { code: 605, message: 'Not delivering to previously bounced address' },
      },
      'bounced',
      'bounced',
    ],
  ])('%j', async (data, state, reason) => {
    expect((await hooks.post('mailgun', event(data))).status).toBe(200)
    expect((await hooks.delivery())?.state).toBe(state)
    expect(await hooks.suppressed()).toBe(reason)
  })

  test('what is signed is not the event: a token that was used is no good for another one, nor for another delivery', async () => {
    const token = 'a'.repeat(50)
    await hooks.post('mailgun', event({ event: 'delivered' }, { token }))
    expect((await hooks.post('mailgun', event(failed, { token }))).body).toEqual({ taken: 0, repeated: 1, unknown: 0 })
    const other = await hooks.sendOne()
    const variables = { 'user-variables': { perennial: other.token }, message: {} }
    expect((await hooks.post('mailgun', event({ ...failed, ...variables }, { token }))).body).toMatchObject({
      taken: 0,
      repeated: 1,
    })
    expect((await hooks.delivery(other.id))?.state).toBe('sent')
  })

  test('of another key, too old, from tomorrow: refused', async () => {
    expect((await hooks.post('mailgun', event(failed, { key: 'other' }))).status).toBe(403)
    expect(
      (await hooks.post('mailgun', event(failed, { at: new Date(hooks.now.getTime() - 90_000_000) }))).status,
    ).toBe(403)
    expect(
      (await hooks.post('mailgun', event(failed, { at: new Date(hooks.now.getTime() + 90_000_000) }))).status,
    ).toBe(403)
    const nonsense = JSON.parse(event(failed))
    nonsense.signature.timestamp = 'NaN'
    expect((await hooks.post('mailgun', JSON.stringify(nonsense))).status).toBe(403)
    expect((await hooks.delivery())?.state).toBe('sent')
  })
})
