import { createHmac, createSign, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { returnPath, returnToken } from '../../domain/deliveries/returnPath.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { secret } from '../../domain/settings/secret.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:mail-events'
const CERTIFICATE = 'https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0a1b.pem'
const MAILGUN_KEY = 'key-for-this-test'
const CREDENTIALS = 'hook:pass:with:colons'
const amazon = generateKeyPairSync('rsa', { modulusLength: 2048 })
const twilio = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })

describe('webhooks of mail services', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let now = new Date('2026-11-20T12:00:00Z')
  /** The addresses that were read at Amazon. */
  const fetched: string[] = []
  /** A delivery for each test, with all that a service may know it by. */
  let one: { id: number; token: string; path: string; messageId: string }

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 1)
    await changeSettings(db, { bounceDomain: 'bounces.studio.test' }, now)
    const read = async (url: string) => {
      fetched.push(url)
      return url.endsWith('.pem') ? amazon.publicKey.export({ type: 'spki', format: 'pem' }).toString() : '<ok/>'
    }
    api = await startApi(db, undefined, () => now, {
      hooks: {
        ses: { topics: [TOPIC], read },
        mailgun: { key: MAILGUN_KEY },
        postmark: { credentials: CREDENTIALS },
        sendgrid: { key: twilio.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
      },
    })
  })
  afterAll(async () => {
    await api.close()
    await database.drop()
  })
  beforeEach(async () => {
    now = new Date(now.getTime() + 3_600_000)
    await db('suppressions').delete()
    one = await sendOne()
  })

  async function sendOne() {
    const campaign = await frozenCampaign(db, { customers: ['c0'] }, now)
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel().channel, () => now),
    )
    const [row] = await rows<{ id: number; message_id: string }>(
      db,
      'SELECT id, message_id FROM deliveries WHERE campaign_id = ?',
      [campaign],
    )
    const key = await secret(db, 'tracking')
    const id = row?.id ?? 0
    return {
      id,
      token: returnToken(key, { kind: 'bounce', delivery: id }),
      path: returnPath({ senderEmail: '', bounceDomain: 'bounces.studio.test' }, { delivery: id, key }),
      messageId: `<${row?.message_id}>`,
    }
  }

  async function post(service: string, body: string | Buffer, headers: Record<string, string> = {}) {
    const response = await fetch(`${api.url}/hooks/${service}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers,
    })
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }

  const delivery = async (id = one.id) =>
    (
      await rows<{ state: string; reason: string; bounce_class: string }>(db, 'SELECT * FROM deliveries WHERE id = ?', [
        id,
      ])
    )[0]
  const suppressed = async () => (await rows<{ reason: string }>(db, 'SELECT reason FROM suppressions'))[0]?.reason
  const events = async () =>
    (
      await rows<{ type: string }>(db, 'SELECT type FROM delivery_events WHERE delivery_id = ? ORDER BY id', [one.id])
    ).map(({ type }) => type)

  test('which are on, and where complaints are taken, is told to whoever may know', async () => {
    const { body } = await api.call<{ complaints_address: string; webhooks: { on: boolean }[] }>('get', '/feedback')
    expect(body.complaints_address).toMatch(/^complaints\+[a-z2-7]{32}@bounces\.studio\.test$/)
    expect(body.webhooks.map(({ on }) => on)).toEqual([true, true, true, true])
    expect(JSON.stringify(body)).not.toContain(MAILGUN_KEY)
  })

  test('a service without a secret has no webhook; nor has one that nobody knows', async () => {
    const bare = await startApi(db)
    for (const service of ['ses', 'mailgun', 'postmark', 'sendgrid', 'constructor', '__proto__']) {
      expect((await fetch(`${bare.url}/hooks/${service}`, { method: 'POST', body: '{}' })).status).toBe(404)
    }
    await bare.close()
    expect((await post('nobody', '{}')).status).toBe(404)
    expect((await fetch(`${api.url}/hooks/ses`)).status).toBe(404)
  })

  describe('SES', () => {
    type Sns = Record<string, string>

    const signSns = (told: Sns, version = '2'): string => {
      const names =
        told.Type === 'Notification'
          ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
          : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
      const text = names.flatMap((name) => (told[name] === undefined ? [] : [`${name}\n${told[name]}\n`])).join('')
      const signature = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256')
        .update(text)
        .sign(amazon.privateKey, 'base64')
      return JSON.stringify({
        ...told,
        SignatureVersion: version,
        Signature: signature,
        SigningCertURL: told.SigningCertURL ?? CERTIFICATE,
      })
    }

    const notification = (message: object, more: Sns = {}): Sns => ({
      Type: 'Notification',
      MessageId: `m-${randomBytes(6).toString('hex')}`,
      TopicArn: TOPIC,
      Message: JSON.stringify(message),
      Timestamp: now.toISOString(),
      ...more,
    })

    const mailOf = (more: object = {}) => ({
      timestamp: now.toISOString(),
      messageId: '0107018',
      source: one.path,
      destination: ['c0@mail.test'],
      ...more,
    })

    const bounce = (bounceType: string, bounceSubType: string, recipient: object = {}, mail: object = mailOf()) => ({
      notificationType: 'Bounce',
      mail,
      bounce: {
        bounceType,
        bounceSubType,
        timestamp: now.toISOString(),
        bouncedRecipients: [{ emailAddress: 'c0@mail.test', ...recipient }],
        feedbackId: '0107018-f',
      },
    })

    test('a bounce, with either version of the signature; the certificate is read once, at Amazon’s', async () => {
      const told = bounce('Permanent', 'General', {
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: 'smtp; 550 5.1.1 unknown',
      })
      const body = signSns(notification(told, { Subject: 'Amazon SES Email Event' }))
      expect(await post('ses', body, { 'content-type': 'text/plain; charset=UTF-8' })).toEqual({
        status: 200,
        body: { taken: 1, repeated: 0, unknown: 0 },
      })
      expect(await delivery()).toMatchObject({
        state: 'bounced',
        reason: '550 5.1.1 unknown',
        bounce_class: 'bad_address',
      })
      expect(await suppressed()).toBe('bounced')
      expect((await post('ses', body)).body).toEqual({ taken: 0, repeated: 1, unknown: 0 })
      await db('suppressions').delete()
      one = await sendOne()
      expect((await post('ses', signSns(notification(bounce('Permanent', 'NoEmail')), '1'))).status).toBe(200)
      expect((await delivery())?.state).toBe('bounced')
      expect(fetched).toEqual([CERTIFICATE])
    })

    test.each([
      ['Permanent', 'Suppressed', {}, 'bounced', 'bad_address'],
      ['Transient', 'MailboxFull', {}, 'bounced', 'mailbox_full'],
      ['Transient', 'MessageTooLarge', {}, 'bounced', 'configuration'],
      ['Transient', 'ContentRejected', {}, 'bounced', 'content'],
      ['Transient', 'General', {}, 'sent', null],
      ['Transient', 'General', { diagnosticCode: 'smtp; 554 5.4.7 expired' }, 'bounced', 'other'],
      [
        'Permanent',
        'General',
        { diagnosticCode: 'smtp; 550 5.7.515 does not meet authentication' },
        'bounced',
        'configuration',
      ],
    ])('%s %s %j: %s, %s', async (type, subtype, recipient, state, bounceClass) => {
      await post('ses', signSns(notification(bounce(type, subtype, recipient))))
      expect(await delivery()).toMatchObject({ state, bounce_class: bounceClass })
    })

    test('complaint, delivery, delay; found by tag, by header, by return path', async () => {
      const byTag = mailOf({ source: 'hello@studio.test', tags: { perennial: [one.token] } })
      const byHeader = mailOf({ source: 'hello@studio.test', headers: [{ name: 'Message-ID', value: one.messageId }] })
      const at = { timestamp: now.toISOString() }
      const delay = {
        eventType: 'DeliveryDelay',
        mail: byTag,
        deliveryDelay: { ...at, delayType: 'TransientCommunicationFailure' },
      }
      await post('ses', signSns(notification(delay)))
      await post(
        'ses',
        signSns(notification({ eventType: 'Delivery', mail: byHeader, delivery: { ...at, smtpResponse: '250 ok' } })),
      )
      expect((await delivery())?.state).toBe('delivered')
      const complaint = { ...at, complaintFeedbackType: 'abuse', feedbackId: 'x' }
      await post('ses', signSns(notification({ notificationType: 'Complaint', mail: mailOf(), complaint })))
      expect(await suppressed()).toBe('complained')
      expect(await events()).toEqual(['sent', 'deferred', 'delivered', 'complained'])
      await post('ses', signSns(notification({ eventType: 'Open', mail: mailOf(), open: at })))
      expect(await events()).toHaveLength(4)
    })

    test('a subscription to our topic is confirmed at Amazon’s own host only', async () => {
      const confirm = (url: string, topic = TOPIC) =>
        signSns({
          ...notification({}),
          Type: 'SubscriptionConfirmation',
          Token: 't',
          SubscribeURL: url,
          TopicArn: topic,
        })
      const before = fetched.length
      const good = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=t'
      expect((await post('ses', confirm(good))).status).toBe(200)
      expect(fetched.slice(before)).toEqual([good])
      for (const bad of [
        'https://evil.test/',
        'http://sns.eu-central-1.amazonaws.com/',
        'https://sns.eu-central-1.amazonaws.com.evil.test/',
        'https://sns.eu-central-1.amazonaws.com:8443/',
        'http://169.254.169.254/latest',
        '',
      ]) {
        expect((await post('ses', confirm(bad))).status).toBe(403)
      }
      expect((await post('ses', confirm(good, `${TOPIC}-other`))).status).toBe(403)
      expect(fetched).toHaveLength(before + 1)
    })

    test('certificates are read nowhere else', async () => {
      const before = fetched.length
      for (const url of [
        'https://evil.test/cert.pem',
        'http://sns.eu-central-1.amazonaws.com/cert.pem',
        'https://sns.eu-central-1.amazonaws.com.evil.test/cert.pem',
        'https://evil.test/sns.eu-central-1.amazonaws.com/cert.pem',
        'https://user@sns.eu-central-1.amazonaws.com/cert.pem',
        'https://sns.eu-central-1.amazonaws.com/a/../../cert.txt',
        'https://s3.amazonaws.com/bucket/cert.pem',
        'file:///etc/passwd',
        'nonsense',
      ]) {
        const body = signSns({ ...notification(bounce('Permanent', 'NoEmail')), SigningCertURL: url })
        expect((await post('ses', body)).status).toBe(403)
      }
      expect(fetched).toHaveLength(before)
      expect((await delivery())?.state).toBe('sent')
    })

    test('a changed message, another topic, no signature: nothing happens', async () => {
      const good = JSON.parse(signSns(notification(bounce('Permanent', 'NoEmail'))))
      for (const changed of [
        { ...good, Message: good.Message.replace('Permanent', 'Transient') },
        { ...good, TopicArn: `${TOPIC}2` },
        { ...good, Signature: '' },
        { ...good, Signature: 'AAAA' },
      ]) {
        expect((await post('ses', JSON.stringify(changed))).status).toBe(403)
      }
      expect((await post('ses', '{')).status).toBe(400)
      expect((await post('ses', '[]')).status).toBe(400)
      expect((await post('ses', signSns(notification([])))).status).toBe(400)
      expect((await delivery())?.state).toBe('sent')
    })
  })

  describe('Mailgun', () => {
    const event = (data: object, { token = randomBytes(25).toString('hex'), key = MAILGUN_KEY, at = now } = {}) => {
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
          message: { headers: { 'message-id': one.messageId.slice(1, -1) } },
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

    test('a failure, found by its Message-ID; for now, it is put off', async () => {
      await post('mailgun', event({ ...failed, severity: 'temporary' }))
      expect((await delivery())?.state).toBe('sent')
      expect((await post('mailgun', event(failed))).body).toEqual({ taken: 1, repeated: 0, unknown: 0 })
      expect(await delivery()).toMatchObject({
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
      expect((await post('mailgun', event(data))).status).toBe(200)
      expect((await delivery())?.state).toBe(state)
      expect(await suppressed()).toBe(reason)
    })

    test('what is signed is not the event: a token that was used is no good for another one, nor for another delivery', async () => {
      const token = 'a'.repeat(50)
      await post('mailgun', event({ event: 'delivered' }, { token }))
      expect((await post('mailgun', event(failed, { token }))).body).toEqual({ taken: 0, repeated: 1, unknown: 0 })
      const other = await sendOne()
      const variables = { 'user-variables': { perennial: other.token }, message: {} }
      expect((await post('mailgun', event({ ...failed, ...variables }, { token }))).body).toMatchObject({
        taken: 0,
        repeated: 1,
      })
      expect((await delivery(other.id))?.state).toBe('sent')
    })

    test('of another key, too old, from tomorrow: refused', async () => {
      expect((await post('mailgun', event(failed, { key: 'other' }))).status).toBe(403)
      expect((await post('mailgun', event(failed, { at: new Date(now.getTime() - 90_000_000) }))).status).toBe(403)
      expect((await post('mailgun', event(failed, { at: new Date(now.getTime() + 90_000_000) }))).status).toBe(403)
      const nonsense = JSON.parse(event(failed))
      nonsense.signature.timestamp = 'NaN'
      expect((await post('mailgun', JSON.stringify(nonsense))).status).toBe(403)
      expect((await delivery())?.state).toBe('sent')
    })
  })

  describe('Postmark', () => {
    const authorization = `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`
    const send = (told: object, headers: Record<string, string> = { authorization }) =>
      post(
        'postmark',
        JSON.stringify({
          ID: Math.floor(Math.random() * 1e9),
          MessageID: 'uuid',
          Metadata: { perennial: one.token },
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
      BouncedAt: now.toISOString(),
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
      expect(await delivery()).toMatchObject({ state, bounce_class: bounceClass })
      expect(await suppressed()).toBe(reason)
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
      expect((await delivery())?.state).toBe('sent')
    })
  })

  describe('SendGrid', () => {
    function signed(body: string, key = twilio.privateKey, time = String(Math.floor(now.getTime() / 1_000))) {
      const signature = sign('sha256', Buffer.from(time + body), key).toString('base64')
      return { 'x-twilio-email-event-webhook-signature': signature, 'x-twilio-email-event-webhook-timestamp': time }
    }
    const send = (told: object[]) => {
      const body = JSON.stringify(told)
      return post('sendgrid', body, signed(body))
    }
    const event = (name: string, more: object = {}) => ({
      email: 'c0@mail.test',
      timestamp: Math.floor(now.getTime() / 1_000),
      'smtp-id': one.messageId,
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
      expect(await delivery()).toMatchObject({ state, bounce_class: bounceClass })
      expect(await suppressed()).toBe(reason)
    })

    test('a changed body, another time, another key, no signature: refused', async () => {
      const body = JSON.stringify([event('bounce', { reason: '550 5.1.1' })])
      expect((await post('sendgrid', `${body} `, signed(body))).status).toBe(403)
      expect(
        (await post('sendgrid', body, { ...signed(body), 'x-twilio-email-event-webhook-timestamp': '1' })).status,
      ).toBe(403)
      expect((await post('sendgrid', body, signed(body, stranger.privateKey))).status).toBe(403)
      expect((await post('sendgrid', body)).status).toBe(403)
      expect((await delivery())?.state).toBe('sent')
    })

    test('ten thousand events at once, shuffled and told twice: each counts once', async () => {
      const others = await Promise.all(Array.from({ length: 3 }, () => sendOne()))
      const told = Array.from({ length: 5_000 }, (_, index) =>
        event(index % 7 === 0 ? 'delivered' : 'deferred', {
          'smtp-id': undefined,
          perennial: [one, ...others][index % 4]?.token,
          sg_event_id: `e${index}`,
        }),
      )
      told.push(event('delivered', { 'smtp-id': '<not@ours.test>' }))
      const all = [...told, ...told].slice(0, 10_000).map(({ email: _, sg_message_id: __, ...rest }) => rest)
      const answer = await send(all)
      expect(answer).toMatchObject({ status: 200, body: { taken: 5_000, unknown: expect.any(Number) } })
      const counts = await rows<{ count: number }>(
        db,
        'SELECT COUNT(*) AS count FROM delivery_events WHERE delivery_id IN (?) GROUP BY delivery_id',
        [[one.id, ...others.map(({ id }) => id)]],
      )
      for (const { count } of counts) expect(count).toBeLessThanOrEqual(201)
      expect((await delivery())?.state).toBe('delivered')
    })

    test('two calls at once with the same events: each counts once', async () => {
      const told = [event('bounce', { reason: '550 5.1.1 gone' }), event('deferred'), event('delivered')]
      const answers = await Promise.all(Array.from({ length: 6 }, () => send(told)))
      expect(answers.reduce((sum, { body }) => sum + body.taken, 0)).toBe(3)
      expect((await events()).toSorted()).toEqual(['bounced', 'deferred', 'delivered', 'sent'])
    })
  })

  test('more than two megabytes are not read, whatever they unpack to', async () => {
    expect((await post('sendgrid', 'x'.repeat(2_200_000))).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    expect((await post('sendgrid', bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
  })

  test('who is refused too often has to wait', async () => {
    now = new Date(now.getTime() + 3_600_000)
    const statuses: number[] = []
    for (let index = 0; index < 40; index++) statuses.push((await post('postmark', '{}')).status)
    expect(statuses.slice(0, 30).every((status) => status === 403)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
  })
})

/** An event by its name, to be filled in when its delivery is known. */
function event0(name: string, more: object = {}): [string, object] {
  return [name, more]
}
