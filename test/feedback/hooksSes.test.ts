import { createSign, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { amazon, certificateAt, Hooks, TOPIC } from '../support/hooks.ts'

const CERTIFICATE = certificateAt('SimpleNotificationService-0a1b')

describe('the webhook of SES', () => {
  let hooks: Hooks
  beforeAll(async () => {
    hooks = await Hooks.start()
  })
  afterAll(() => hooks.close())
  beforeEach(() => hooks.next())

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
    Timestamp: hooks.now.toISOString(),
    ...more,
  })

  const mailOf = (more: object = {}) => ({
    timestamp: hooks.now.toISOString(),
    messageId: '0107018',
    source: hooks.one.path,
    destination: ['c0@mail.test'],
    ...more,
  })

  const bounce = (bounceType: string, bounceSubType: string, recipient: object = {}, mail: object = mailOf()) => ({
    notificationType: 'Bounce',
    mail,
    bounce: {
      bounceType,
      bounceSubType,
      timestamp: hooks.now.toISOString(),
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
    expect(await hooks.post('ses', body, { 'content-type': 'text/plain; charset=UTF-8' })).toEqual({
      status: 200,
      body: { taken: 1, repeated: 0, unknown: 0 },
    })
    expect(await hooks.delivery()).toMatchObject({
      state: 'bounced',
      reason: '550 5.1.1 unknown',
      bounce_class: 'bad_address',
    })
    expect(await hooks.suppressed()).toBe('bounced')
    expect((await hooks.post('ses', body)).body).toEqual({ taken: 0, repeated: 1, unknown: 0 })
    await hooks.next()
    expect((await hooks.post('ses', signSns(notification(bounce('Permanent', 'NoEmail')), '1'))).status).toBe(200)
    expect((await hooks.delivery())?.state).toBe('bounced')
    expect(hooks.fetched).toEqual([CERTIFICATE])
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
    await hooks.post('ses', signSns(notification(bounce(type, subtype, recipient))))
    expect(await hooks.delivery()).toMatchObject({ state, bounce_class: bounceClass })
  })

  test('complaint, delivery, delay; found by tag, by header, by return path', async () => {
    const byTag = mailOf({ source: 'hello@studio.test', tags: { perennial: [hooks.one.token] } })
    const byHeader = mailOf({
      source: 'hello@studio.test',
      headers: [{ name: 'Message-ID', value: hooks.one.messageId }],
    })
    const at = { timestamp: hooks.now.toISOString() }
    const delay = {
      eventType: 'DeliveryDelay',
      mail: byTag,
      deliveryDelay: { ...at, delayType: 'TransientCommunicationFailure' },
    }
    await hooks.post('ses', signSns(notification(delay)))
    await hooks.post(
      'ses',
      signSns(notification({ eventType: 'Delivery', mail: byHeader, delivery: { ...at, smtpResponse: '250 ok' } })),
    )
    expect((await hooks.delivery())?.state).toBe('delivered')
    const complaint = { ...at, complaintFeedbackType: 'abuse', feedbackId: 'x' }
    await hooks.post('ses', signSns(notification({ notificationType: 'Complaint', mail: mailOf(), complaint })))
    expect(await hooks.suppressed()).toBe('complained')
    expect(await hooks.events()).toEqual(['sent', 'deferred', 'delivered', 'complained'])
    await hooks.post('ses', signSns(notification({ eventType: 'Open', mail: mailOf(), open: at })))
    expect(await hooks.events()).toHaveLength(4)
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
    const before = hooks.fetched.length
    const good = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=t'
    expect((await hooks.post('ses', confirm(good))).status).toBe(200)
    expect(hooks.fetched.slice(before)).toEqual([good])
    for (const bad of [
      'https://evil.test/',
      'http://sns.eu-central-1.amazonaws.com/',
      'https://sns.eu-central-1.amazonaws.com.evil.test/',
      'https://sns.eu-central-1.amazonaws.com:8443/',
      'http://169.254.169.254/latest',
      '',
    ]) {
      expect((await hooks.post('ses', confirm(bad))).status).toBe(403)
    }
    expect((await hooks.post('ses', confirm(good, `${TOPIC}-other`))).status).toBe(403)
    expect(hooks.fetched).toHaveLength(before + 1)
  })

  test('certificates are read nowhere else', async () => {
    const before = hooks.fetched.length
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
      expect((await hooks.post('ses', body)).status).toBe(403)
    }
    expect(hooks.fetched).toHaveLength(before)
    expect((await hooks.delivery())?.state).toBe('sent')
  })

  test.each([
    'for-another',
    'by-name-alone',
    'from-last-year',
    'from-next-year',
    'signed-by-nobody',
    'an-authority',
    'bare-key',
    'nonsense',
    'empty',
  ])('a certificate that is not right, though Amazon’s host shows it, is believed by nobody: %s', async (file) => {
    const told = { ...notification(bounce('Permanent', 'NoEmail')), SigningCertURL: certificateAt(file) }
    expect((await hooks.post('ses', signSns(told))).status).toBe(403)
    expect((await hooks.delivery())?.state).toBe('sent')
  })

  test('a certificate without those that signed it is enough: it came over a connection to Amazon’s host', async () => {
    const told = { ...notification(bounce('Permanent', 'NoEmail')), SigningCertURL: certificateAt('without-chain') }
    expect((await hooks.post('ses', signSns(told))).status).toBe(200)
    expect((await hooks.delivery())?.state).toBe('bounced')
  })

  test('a changed message, another topic, no signature: nothing happens', async () => {
    const good = JSON.parse(signSns(notification(bounce('Permanent', 'NoEmail'))))
    for (const changed of [
      { ...good, Message: good.Message.replace('Permanent', 'Transient') },
      { ...good, TopicArn: `${TOPIC}2` },
      { ...good, Signature: '' },
      { ...good, Signature: 'AAAA' },
    ]) {
      expect((await hooks.post('ses', JSON.stringify(changed))).status).toBe(403)
    }
    expect((await hooks.post('ses', '{')).status).toBe(400)
    expect((await hooks.post('ses', '[]')).status).toBe(400)
    expect((await hooks.post('ses', signSns(notification([])))).status).toBe(400)
    expect((await hooks.delivery())?.state).toBe('sent')
  })
})
