import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createTransport } from 'nodemailer'
import { type Database, rows } from '../../domain/database.ts'
import { emailChannel } from '../../domain/deliveries/channels/email.ts'
import { claimBatch } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { complaintsAddress, returnPath } from '../../domain/deliveries/returnPath.ts'
import { makeCertificate } from '../../domain/feedback/certificate.ts'
import type { Report } from '../../domain/feedback/readReport.ts'
import { type Listener, startListener } from '../../domain/feedback/startListener.ts'
import { startInbox } from '../../domain/inbox/startInbox.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { rotateSecret } from '../../domain/settings/rotateSecret.ts'
import { keyring, secret } from '../../domain/settings/secret.ts'
import { writeToken } from '../../domain/tracking/token.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { bounceMail, complaintMail, mail, statusMail } from '../support/reports.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'
import { until } from '../support/until.ts'

const DOMAIN = 'bounces.studio.test'

describe('the mail server for what comes back', () => {
  let database: TestDatabase
  let db: Database
  let listener: Listener
  let now = new Date()
  const seen: Report['kind'][] = []
  const trouble: unknown[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    await insertCustomers(db, 4)
    await changeSettings(db, { bounceDomain: DOMAIN }, now)
    listener = await startListener(db, {
      port: 0,
      host: '127.0.0.1',
      clock: () => now,
      onMail: (kind) => seen.push(kind),
      onTrouble: (error) => trouble.push(error),
    })
  })
  afterAll(async () => {
    await listener.stop()
    await database.drop()
  })
  beforeEach(async () => {
    now = new Date(now.getTime() + 120_000)
    seen.length = 0
    await db('suppressions').delete()
    await db('suppressions_history').delete()
  })

  /** Sends a campaign to these; returns deliveries by customer, with what each was told as its return path. */
  async function sendTo(...customers: string[]) {
    const campaign = await frozenCampaign(db, { customers }, now)
    const { channel, taken } = recordingChannel()
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => now),
    )
    const found = await rows<{ id: number; address: string }>(
      db,
      'SELECT id, address FROM deliveries WHERE campaign_id = ? ORDER BY id',
      [campaign],
    )
    return found.map(({ id, address }) => ({ id, path: taken.find(({ to }) => to === address)?.returnPath ?? '' }))
  }

  /** Hands a mail to the listener; returns the answer's code. */
  async function hand(to: string | string[], source: Buffer, from = ''): Promise<number> {
    const transport = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true })
    try {
      await transport.sendMail({ envelope: { from, to: [to].flat() }, raw: source })
      return 250
    } catch (error) {
      return (error as { responseCode?: number }).responseCode ?? 0
    } finally {
      transport.close()
    }
  }

  const row = async (id: number) =>
    (
      await rows<{ state: string; reason: string; bounce_class: string }>(db, 'SELECT * FROM deliveries WHERE id = ?', [
        id,
      ])
    )[0]
  const events = async (id: number) =>
    (await rows<{ type: string }>(db, 'SELECT type FROM delivery_events WHERE delivery_id = ? ORDER BY id', [id])).map(
      ({ type }) => type,
    )
  const suppressed = () =>
    rows<{ reason: string; source: string }>(db, 'SELECT reason, source FROM suppressions ORDER BY customer_id')

  test('a bounce reaches its delivery, with the class and the words; its address gets nothing more', async () => {
    const [one] = await sendTo('c0')
    expect(one?.path).toMatch(/^bounce\+[a-z2-7]{32}@bounces\.studio\.test$/)
    expect(await hand(one?.path ?? '', bounceMail('550 5.1.1 no such user'))).toBe(250)
    expect(await row(one?.id ?? 0)).toMatchObject({
      state: 'bounced',
      reason: '550 5.1.1 no such user',
      bounce_class: 'bad_address',
    })
    expect(await suppressed()).toEqual([{ reason: 'bounced', source: '550 5.1.1 no such user' }])
    const next = await frozenCampaign(db, { customers: ['c0', 'c1'] }, now)
    const may = { channel: 'email', providerId: 0, kind: 'one_off', mailUnknownConsent: false } as const
    expect((await claimBatch(db, next, may, now))?.claimed.map(({ address }) => address)).toEqual(['c1@mail.test'])
  })

  test('the same again changes nothing, and neither does a notice of arrival that comes late', async () => {
    const [one] = await sendTo('c1')
    const id = one?.id ?? 0
    const bounce = bounceMail('550 5.1.1 gone')
    for (let round = 0; round < 3; round++) expect(await hand(one?.path ?? '', bounce)).toBe(250)
    expect(await hand(one?.path ?? '', statusMail([{ Action: 'delivered', Status: '2.0.0' }]))).toBe(250)
    expect((await row(id))?.state).toBe('bounced')
    expect(await events(id)).toEqual(['sent', 'bounced', 'delivered'])
    expect(await hand(one?.path ?? '', statusMail([{ Action: 'delayed', Status: '4.4.1' }]))).toBe(250)
    expect(await events(id)).toEqual(['sent', 'bounced', 'delivered', 'deferred'])
  })

  test('our own configuration is nobody else’s fault', async () => {
    const [one] = await sendTo('c2')
    await hand(one?.path ?? '', bounceMail('550 5.7.26 The sender is unauthenticated'))
    expect(await row(one?.id ?? 0)).toMatchObject({ state: 'bounced', bounce_class: 'configuration' })
    expect(await suppressed()).toEqual([])
  })

  test('a mailbox that is full three times within a week and more is given up; an arrival in between begins anew', async () => {
    const full = async (day: number) => {
      now = new Date(now.getTime() + day * 86_400_000)
      const [one] = await sendTo('c3')
      await hand(one?.path ?? '', bounceMail('552 5.2.2 mailbox full', { 'X-Day': String(+now) }))
    }
    for (const days of [0, 1, 1]) await full(days)
    // often, but not for long
    expect(await suppressed()).toEqual([])
    const [arrived] = await sendTo('c3')
    await hand(arrived?.path ?? '', statusMail([{ Action: 'delivered', Status: '2.0.0' }]))
    for (const days of [1, 6]) await full(days)
    expect(await suppressed()).toEqual([])
    await full(2)
    expect(await suppressed()).toEqual([
      { reason: 'bounced', source: expect.stringMatching(/^Mailbox full, 3 times: 552 5\.2\.2/) },
    ])
    await db('deliveries').where({ bounce_class: 'mailbox_full' }).update({ bounce_class: 'other' })
  })

  test('a complaint: by the return path that the report quotes, by the link, by the Message-ID; nothing more is sent', async () => {
    const key = await secret(db, 'tracking')
    const to = complaintsAddress(key, DOMAIN)
    const deliveries = await sendTo('c0', 'c1', 'c2')
    const [first, second, third] = deliveries.map(({ id }) => id)
    const sent = await rows<{ id: number; message_id: string }>(
      db,
      'SELECT id, message_id FROM deliveries WHERE id >= ?',
      [first ?? 0],
    )
    const messageId = sent.find(({ id }) => id === third)?.message_id ?? ''
    const link = `https://mail.studio.test/u/${writeToken(key, { kind: 'unsubscribe', delivery: second ?? 0 })}`
    const abuse = { 'Feedback-Type': 'abuse' }
    const from = 'loop@provider.example'
    await hand(
      to,
      complaintMail({ ...abuse, 'Original-Mail-From': `<${deliveries[0]?.path}>` }, { Subject: 'x' }),
      from,
    )
    await hand(to, complaintMail(abuse, { 'List-Unsubscribe': `<${link}>` }), from)
    await hand(to, complaintMail(abuse, { 'Message-ID': `<${messageId}>` }), from)
    expect(seen).toEqual(['complaint', 'complaint', 'complaint'])
    expect(await suppressed()).toEqual(
      Array(3).fill({ reason: 'complained', source: 'feedback loop: abuse, Loop/1.0' }),
    )
    expect(await events(first ?? 0)).toEqual(['sent', 'complained'])
    // a complaint with nothing of ours in it is about nobody
    await hand(
      to,
      complaintMail(abuse, { 'Message-ID': '<1.guess@studio.test>', 'Return-Path': '<bounce+x@y.test>' }),
      from,
    )
    expect(seen.at(-1)).toBe('unclear')
  })

  test('a complaint stands above a bounce and a wish; neither takes its place', async () => {
    const [one, again] = [await sendTo('c0'), await sendTo('c0')].flat()
    await hand(one?.path ?? '', bounceMail('550 5.1.1 gone'))
    await hand(one?.path ?? '', complaintMail({ 'Feedback-Type': 'abuse' }, {}))
    expect(await suppressed()).toMatchObject([{ reason: 'complained' }])
    await hand(again?.path ?? '', bounceMail('550 5.1.1 gone again'))
    await hand(again?.path ?? '', complaintMail({ 'Feedback-Type': 'opt-out' }, {}))
    expect(await suppressed()).toMatchObject([{ reason: 'complained' }])
  })

  test('everything that is not an address of ours is refused: nobody is relayed for, nobody is told who exists', async () => {
    const [one] = await sendTo('c0')
    const key = await secret(db, 'tracking')
    const settings = { senderEmail: 'hello@studio.test', bounceDomain: DOMAIN }
    for (const address of [
      'somebody@example.test',
      `postmaster@${DOMAIN}`,
      `bounce@${DOMAIN}`,
      `bounce+${'a'.repeat(32)}@${DOMAIN}`,
      returnPath(settings, { delivery: one?.id ?? 0, key: Buffer.alloc(32) }),
      returnPath({ ...settings, bounceDomain: 'other.test' }, { delivery: one?.id ?? 0, key }),
      (one?.path ?? '').replace('bounce+', 'complaints+'),
    ]) {
      expect(await hand(address, bounceMail('550 5.1.1 gone'))).toBe(550)
    }
    expect((await row(one?.id ?? 0))?.state).toBe('sent')
  })

  test('a delivery that is gone: taken, and nothing happens', async () => {
    const key = await secret(db, 'tracking')
    const to = returnPath({ senderEmail: '', bounceDomain: DOMAIN }, { delivery: 999_999, key })
    expect(await hand(to, bounceMail('550 5.1.1 gone'))).toBe(250)
    expect(seen).toEqual(['unclear'])
  })

  test('return paths are good while their key is kept', async () => {
    const [one] = await sendTo('c1')
    await rotateSecret(db, 'tracking', now)
    expect(await keyring(db, 'tracking')).toHaveLength(2)
    expect(await hand((one?.path ?? '').toUpperCase(), bounceMail('550 5.1.1 gone'))).toBe(250)
    expect((await row(one?.id ?? 0))?.state).toBe('bounced')
  })

  test('answers of mailboxes and of people are taken and forgotten', async () => {
    const [one] = await sendTo('c2')
    const answer = mail('From: c2@mail.test', 'Subject: Out of office', 'Auto-Submitted: auto-replied', '', 'Away')
    expect(await hand(one?.path ?? '', answer)).toBe(250)
    expect(await hand(one?.path ?? '', mail('From: c2@mail.test', 'Subject: Re', '', 'Thanks!'), 'c2@mail.test')).toBe(
      250,
    )
    expect(seen).toEqual(['answer', 'answer'])
    expect(await events(one?.id ?? 0)).toEqual(['sent'])
  })

  test('too large, too many connections: refused, and the next ones are taken', async () => {
    const [one] = await sendTo('c2')
    const path = one?.path ?? ''
    expect(await hand(path, Buffer.concat([bounceMail('550 5.1.1 x'), Buffer.alloc(3_000_000, 'x\r\n')]))).toBe(552)
    const codes: number[] = []
    for (let index = 0; index < 80; index++) codes.push(await hand(path, mail('From: a@b.test', '', 'x')))
    expect(codes).toContain(421)
    now = new Date(now.getTime() + 61_000)
    expect(await hand(path, mail('From: a@b.test', '', 'x'))).toBe(250)
  })

  test('it takes mail over an encrypted line, with a certificate of its own or the one that was set', async () => {
    const [one] = await sendTo('c2')
    const encrypted = (port: number, more: object) =>
      createTransport({ host: '127.0.0.1', port, requireTLS: true, ...more }).sendMail({
        envelope: { from: '', to: [one?.path ?? ''] },
        raw: bounceMail('550 5.1.1 gone'),
      })
    // nobody signed it, so whoever asks for more than encryption goes away
    await expect(encrypted(listener.port, {})).rejects.toThrow(/self.signed certificate/)
    await encrypted(listener.port, { tls: { rejectUnauthorized: false } })
    expect((await row(one?.id ?? 0))?.state).toBe('bounced')

    const { privateKey: key, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const [from, to] = [new Date(Date.now() - 3_600_000), new Date(Date.now() + 3_600_000)]
    const cert = makeCertificate({ name: DOMAIN, hosts: [DOMAIN], key, publicKey, from, to })
    const pem = { cert, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
    const parts = { port: 0, host: '127.0.0.1', clock: () => now, onTrouble: () => {} }
    const other = await startListener(db, { ...parts, tls: pem, onMail: (kind) => seen.push(kind) })
    seen.length = 0
    await encrypted(other.port, { tls: { ca: cert, servername: DOMAIN } })
    expect(seen).toEqual(['status'])
    await other.stop()
  })

  test('what is said in the clear before the handshake is not taken for said on the encrypted line', async () => {
    now = new Date(now.getTime() + 61_000)
    const [one] = await sendTo('c2')
    const said = await encryptAfter(listener.port, `STARTTLS\r\nMAIL FROM:<>\r\nRCPT TO:<${one?.path}>\r\n`)
    // only the question that was asked on the encrypted line is answered there
    expect(said.match(/^\d{3} .*$/gm)).toEqual([expect.stringMatching(/^503 /)])
  })

  test('it neither signs in nor verifies, and survives nonsense', async () => {
    now = new Date(now.getTime() + 61_000)
    const answers = await talk(listener.port, [
      'EHLO x',
      'AUTH PLAIN AGEAYg==',
      'VRFY root',
      `RCPT TO:<root@${DOMAIN}>`,
      '\0\0\0',
      'QUIT',
    ])
    expect(answers).not.toMatch(/250[ -]AUTH/)
    expect(answers).toMatch(/^50\d/m)
    expect(await hand((await sendTo('c2'))[0]?.path ?? '', mail('From: a@b.test', '', 'x'))).toBe(250)
  })

  test('a database that is away: the sender is asked to try again, and nothing is lost', async () => {
    now = new Date(now.getTime() + 61_000)
    const [one] = await sendTo('c2')
    await db.raw('RENAME TABLE taken_notices TO taken_notices_away')
    expect(await hand(one?.path ?? '', bounceMail('550 5.1.1 gone'))).toBe(451)
    await db.raw('RENAME TABLE taken_notices_away TO taken_notices')
    expect(trouble.length).toBeGreaterThan(0)
    expect((await row(one?.id ?? 0))?.state).toBe('sent')
    expect(await hand(one?.path ?? '', bounceMail('550 5.1.1 gone'))).toBe(250)
    expect((await row(one?.id ?? 0))?.state).toBe('bounced')
  })

  test('the local inbox sends back what goes to late-bounce.test, all the way round', async () => {
    now = new Date(now.getTime() + 61_000)
    await db('customers').where({ external_id: 'c3' }).update({ email: 'mira@late-bounce.test' })
    const inbox = await startInbox(db, {
      port: 0,
      bounces: listener.port,
      clock: () => now,
      onTrouble: (error) => trouble.push(error),
    })
    const channel = emailChannel(`smtp://127.0.0.1:${inbox.port}`)
    const campaign = await frozenCampaign(db, { customers: ['c3'] }, now)
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => now),
    )
    const [one] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries WHERE campaign_id = ?', [campaign])
    await until(async () => (await row(one?.id ?? 0))?.state === 'bounced')
    expect(await row(one?.id ?? 0)).toMatchObject({ bounce_class: 'bad_address' })
    channel.close()
    await inbox.stop()
  })
})

/** Says something in the clear, at once, encrypts, and asks for DATA; returns what was answered on the encrypted line. */
async function encryptAfter(port: number, words: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'data')
  socket.write('EHLO x\r\n')
  await once(socket, 'data')
  socket.write(words)
  await once(socket, 'data')
  const line = connectSecurely({ socket, rejectUnauthorized: false })
  await once(line, 'secureConnect')
  line.write('DATA\r\n')
  const [answer] = await once(line, 'data')
  line.destroy()
  return String(answer)
}

/** Says lines to a server, all at once after its greeting; returns what it answered until it hung up. */
function talk(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((done, fail) => {
    let said = ''
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => socket.write(`${lines.join('\r\n')}\r\n`))
    socket.on('data', (chunk) => {
      said += chunk
    })
    socket.on('close', () => done(said))
    socket.on('error', fail)
  })
}
