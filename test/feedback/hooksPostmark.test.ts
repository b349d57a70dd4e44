import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { CREDENTIALS, Hooks } from '../support/hooks.ts'

describe('the webhook of Postmark', () => {
  let hooks: Hooks
  beforeAll(async () => {
    hooks = await Hooks.start()
  })
  afterAll(() => hooks.close())
  beforeEach(() => hooks.next())

  const authorization = `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`
  const send = (told: object, headers: Record<string, string> = { authorization }) =>
    hooks.post(
      'postmark',
      JSON.stringify({
        ID: Math.floor(Math.random() * 1e9),
        MessageID: 'uuid',
        Metadata: { perennial: hooks.one.token },
        ...told,
      }),
      headers,
    )
  const bounce = (type: string, details = '') => ({
    RecordType: 'Bounce',
    Type: type,
    TypeCode: 1,
    Email: 'c0@mail.test',
    Details: details,
    Description: 'd',
    BouncedAt: '2026-11-20T12:00:00Z',
  })

  test.each([
    [bounce('HardBounce', 'smtp;550 5.1.1 unknown user'), 'bounced', 'bad_address', 'bounced'],
    [bounce('SoftBounce', 'smtp;552 5.2.2 mailbox full'), 'bounced', 'mailbox_full', undefined],
    [bounce('DMARCPolicy'), 'bounced', 'configuration', undefined],
    [bounce('SpamNotification'), 'bounced', 'content', undefined],
    [bounce('Transient'), 'sent', null, undefined],
    [bounce('AutoResponder'), 'sent', null, undefined],
    [{ RecordType: 'Delivery', DeliveredAt: '2026-11-20T12:00:00Z' }, 'delivered', null, undefined],
    [{ RecordType: 'SpamComplaint', Type: 'SpamComplaint' }, 'sent', null, 'complained'],
    [
      {
        RecordType: 'SubscriptionChange',
        SuppressSending: true,
        SuppressionReason: 'ManualSuppression',
        Origin: 'Recipient',
      },
      'sent',
      null,
      'unsubscribed',
    ],
    [
      {
        RecordType: 'SubscriptionChange',
        SuppressSending: true,
        SuppressionReason: 'HardBounce',
        Origin: 'Recipient',
      },
      'sent',
      null,
      undefined,
    ],
    [{ RecordType: 'Open' }, 'sent', null, undefined],
  ])('%j', async (told, state, bounceClass, reason) => {
    expect((await send(told)).status).toBe(200)
    expect(await hooks.delivery()).toMatchObject({ state, bounce_class: bounceClass })
    expect(await hooks.suppressed()).toBe(reason)
  })

  test('who does not know the password is refused', async () => {
    for (const value of [
      '',
      'Basic',
      `Basic ${Buffer.from('hook:wrong').toString('base64')}`,
      `Bearer ${CREDENTIALS}`,
    ]) {
      expect((await send(bounce('HardBounce'), value === '' ? {} : { authorization: value })).status).toBe(403)
    }
    expect((await hooks.delivery())?.state).toBe('sent')
  })
})
