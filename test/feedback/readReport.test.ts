import { describe, expect, test } from '@jest/globals'
import { readReport } from '../../domain/feedback/readReport.ts'
import { bounceMail, complaintMail, mail, statusMail } from '../support/reports.ts'

const read = (source: Buffer, sender = '') => readReport(source, sender)

describe('delivery status notifications (RFC 3464)', () => {
  test('failed: the server’s words, folded lines put together, with when it happened', async () => {
    const source = statusMail([
      {
        'Original-Recipient': 'rfc822;c0@mail.test',
        'Final-Recipient': 'rfc822; c0@mail.test',
        Action: 'failed',
        Status: '5.1.1',
        'Remote-MTA': 'dns; mx.mail.test',
        'Diagnostic-Code': 'smtp; 550 5.1.1 <c0@mail.test>:\r\n    Recipient address rejected:\r\n\tUser unknown',
        'Last-Attempt-Date': 'Mon, 23 Nov 2026 10:15:00 +0100',
      },
    ])
    expect(await read(source)).toEqual({
      kind: 'status',
      type: 'bounced',
      words: '550 5.1.1 <c0@mail.test>: Recipient address rejected: User unknown',
      at: new Date('2026-11-23T09:15:00Z'),
    })
  })

  test.each([
    ['delayed', '4.4.1', 'deferred'],
    ['DELAYED (will retry)', '4.4.1', 'deferred'],
    ['delivered', '2.0.0', 'delivered'],
    ['failed', '4.4.7', 'bounced'],
    ['', '5.2.2', 'bounced'],
    ['', '4.2.2', 'deferred'],
  ])('action %j with status %s: %s', async (action, status, type) => {
    const fields = { 'Final-Recipient': 'rfc822; c0@mail.test', ...(action === '' ? {} : { Action: action }) }
    expect(await read(statusMail([{ ...fields, Status: status }]))).toMatchObject({ kind: 'status', type })
  })

  test.each(['relayed', 'expanded', 'nonsense'])('%s says nothing', async (action) => {
    const kind = (await read(statusMail([{ 'Final-Recipient': 'rfc822; a@b.test', Action: action }]))).kind
    expect(kind).not.toBe('status')
  })

  test('of several recipients the worst counts: a mailbox that forwards to one that is gone', async () => {
    const source = statusMail([
      { 'Final-Recipient': 'rfc822; c0@mail.test', Action: 'delivered', Status: '2.1.5' },
      { 'Final-Recipient': 'rfc822; gone@other.test', Action: 'failed', Status: '5.1.1' },
    ])
    expect(await read(source)).toMatchObject({ type: 'bounced', words: expect.stringMatching(/^5\.1\.1 /) })
  })

  test('without a diagnostic the text for people stands beside the code', async () => {
    const source = statusMail([{ Action: 'failed', Status: '5.2.2' }], 'The mailbox of c0 is full.')
    expect(await read(source)).toMatchObject({ words: '5.2.2 The mailbox of c0 is full.' })
  })
})

describe('bounces that come in no standard form', () => {
  const plain = (headers: readonly string[], body: string) =>
    mail(...headers, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', ...body.split('\n'))

  test.each([
    [
      'qmail',
      plain(
        ['From: MAILER-DAEMON@qmail.example', 'Subject: failure notice'],
        'Hi. This is the qmail-send program at qmail.example.\nI’m afraid I wasn’t able to deliver your message.\n\n<c0@mail.test>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 No such user here\nGiving up on 192.0.2.1.',
      ),
      '550 No such user here Giving up on 192.0.2.1.',
    ],
    [
      'exim',
      plain(
        [
          'From: Mail Delivery System <Mailer-Daemon@exim.example>',
          'X-Failed-Recipients: c0@mail.test',
          'Subject: Mail delivery failed: returning message to sender',
          'Auto-Submitted: auto-replied',
        ],
        'This message was created automatically by mail delivery software.\n\n  c0@mail.test\n    SMTP error from remote mail server after RCPT TO:<c0@mail.test>:\n    host mx.mail.test [192.0.2.7]: 550 5.1.1 unknown mailbox',
      ),
      '550 5.1.1 unknown mailbox',
    ],
    [
      'an old Exchange',
      plain(
        ['From: postmaster@firm.example', 'Subject: Undeliverable: News'],
        'Delivery has failed to these recipients or groups:\n\nc0@mail.test\nThe e-mail address you entered couldn’t be found.\n\nDiagnostic information for administrators:\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found ##',
      ),
      '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found ##',
    ],
    [
      'a German provider',
      plain(
        ['From: MAILER-DAEMON@provider.example', 'Subject: Unzustellbar: Neuigkeiten'],
        'Ihre Nachricht konnte nicht zugestellt werden: Postfach ist voll.',
      ),
      'Ihre Nachricht konnte nicht zugestellt werden: Postfach ist voll.',
    ],
  ])('%s', async (_, source, words) => {
    expect(await read(source)).toMatchObject({ kind: 'status', type: 'bounced', words })
  })

  test('a warning that it takes longer is no bounce', async () => {
    const source = plain(
      ['From: MAILER-DAEMON@mx.example', 'Subject: Warning: message 1abc delayed 24 hours'],
      'It has not been delivered yet. 451 4.4.1 no answer',
    )
    expect(await read(source)).toMatchObject({ kind: 'status', type: 'deferred' })
  })

  test.each([
    [
      'out of office, without a sender',
      ['Subject: Automatic reply: News', 'Auto-Submitted: auto-replied'],
      'I am away. Call 550 1234.',
    ],
    ['vacation by header only', ['Subject: Re: News', 'X-Autoreply: yes'], 'Away until Monday'],
    ['suppressing further answers', ['Subject: News', 'X-Auto-Response-Suppress: All'], 'Away'],
    ['in German', ['Subject: Abwesenheitsnotiz: Neuigkeiten'], 'Ich bin nicht im Haus'],
    ['in French', ['Subject: Réponse automatique : bonjour'], 'Je suis absente'],
    ['in Italian, behind a Re:', ['Subject: Re: Risposta automatica: ciao'], 'Sono via'],
    [
      'forged, with a refusal in it',
      ['Subject: Out of office', 'Auto-Submitted: auto-replied'],
      '550 5.1.1 no such user',
    ],
  ])('answers that a mailbox gives by itself are none: %s', async (_, headers, body) => {
    expect(await read(plain(['From: c0@mail.test', ...headers], body))).toEqual({ kind: 'answer' })
  })

  test('nor is what a person writes, even when they quote a refusal', async () => {
    const source = plain(['From: c0@mail.test', 'Subject: Re: News'], 'I got this: 550 5.1.1 no such user')
    expect(await read(source, 'c0@mail.test')).toEqual({ kind: 'answer' })
  })

  test('nobody can say what this means', async () => {
    expect(await read(plain(['Subject: ?'], 'Hm.'))).toEqual({ kind: 'unclear' })
  })
})

describe('complaints of feedback loops (RFC 5965)', () => {
  const quoted = {
    'Return-Path': '<bounce+abc@bounces.studio.test>',
    'Message-ID': '<7.mark@studio.test>',
    'List-Unsubscribe': '<https://mail.studio.test/u/token>',
  }

  test('abuse: with all that the report quotes of the mail', async () => {
    const source = complaintMail({ 'Feedback-Type': 'abuse', 'Original-Mail-From': '<bounce+def@b.test>' }, quoted)
    expect(await read(source, 'feedback@loop.example')).toMatchObject({
      kind: 'complaint',
      type: 'complained',
      words: 'abuse, Loop/1.0',
      about: {
        returnPaths: ['<bounce+def@b.test>', 'Return-Path: <bounce+abc@bounces.studio.test>'],
        unsubscribe: ['List-Unsubscribe: <https://mail.studio.test/u/token>'],
        messageId: '7.mark@studio.test',
      },
    })
  })

  test.each([
    ['fraud', 'complained'],
    ['opt-out', 'unsubscribed'],
  ])('%s: %s', async (feedback, type) => {
    expect(await read(complaintMail({ 'Feedback-Type': feedback }, quoted))).toMatchObject({ kind: 'complaint', type })
  })

  test.each(['not-spam', 'auth-failure', 'virus', '', 'whatever'])('%j is no complaint', async (feedback) => {
    expect(await read(complaintMail({ 'Feedback-Type': feedback }, quoted))).toEqual({ kind: 'answer' })
  })
})

describe('mails made to hurt', () => {
  const nested = (depth: number) => {
    const parts = Array.from({ length: depth }, (_, level) => [
      `--b${level}`,
      `Content-Type: multipart/mixed; boundary="b${level + 1}"`,
      '',
    ])
    return mail('Content-Type: multipart/mixed; boundary="b0"', '', ...parts.flat())
  }

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(300_000)],
    ['parts in parts in parts', nested(20_000)],
    [
      'a hundred thousand parts',
      mail('Content-Type: multipart/mixed; boundary="b"', '', ...Array<string>(100_000).fill('--b\r\n\r\nx')),
    ],
    ['a head without end', mail(...Array.from({ length: 50_000 }, (_, index) => `X-${index}: ${'y'.repeat(20)}`))],
    ['html in html in html', mail('Content-Type: text/html', '', '<div>'.repeat(50_000))],
    ['a megabyte of addresses', mail(`To: ${'a@b.test,'.repeat(100_000)}`, '', 'x')],
    ['a megabyte of digits', mail('From: MAILER-DAEMON@x.test', '', '5'.repeat(1_000_000))],
    [
      'a status of many recipients',
      statusMail(Array.from({ length: 5_000 }, () => ({ Action: 'expanded', Status: '2.0.0' }))),
    ],
    ['a status that is one long line', bounceMail(`550 ${'5.1.1 '.repeat(20_000)}`)],
    [
      'base64 that is none',
      mail('Content-Type: message/delivery-status', 'Content-Transfer-Encoding: base64', '', '====='),
    ],
    ['a charset that nobody has', mail('Content-Type: text/plain; charset=klingon-8', '', 'x')],
  ])('%s is read without harm, and its words are short', async (_, source) => {
    const report = await read(source)
    if ('words' in report) expect(report.words.length).toBeLessThanOrEqual(1_000)
    expect(['unclear', 'answer', 'status']).toContain(report.kind)
  })
})
