import { createConnection } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTransport } from 'nodemailer'
import { type Database, rows } from '../../domain/database.ts'
import { type Inbox, startInbox } from '../../domain/inbox/startInbox.ts'
import { trimMails } from '../../domain/inbox/trimMails.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { frozenCampaign, insertCustomers } from '../support/sending.ts'

type Summary = { id: string; from: string; to: string; subject: string; read: boolean; size: number }
type Page = { items: Summary[]; next: string | null; total: number }

describe('the local inbox', () => {
  let database: TestDatabase
  let db: Database
  let inbox: Inbox
  let api: TestApi
  const trouble: unknown[] = []

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    inbox = await startInbox(db, { port: 0, clock: () => new Date(), onTrouble: (error) => trouble.push(error) })
    api = await startApi(db)
  })
  afterAll(async () => {
    await api.close()
    await inbox.stop()
    await database.drop()
  })

  const send = (mail: {
    to: string | string[]
    subject?: string
    messageId?: string
    html?: string
    text?: string
  }) => {
    const transport = createTransport({ host: '127.0.0.1', port: inbox.port })
    return transport.sendMail({ from: 'Studio <hello@studio.test>', subject: 'Hi', text: 'x', ...mail })
  }

  test('a mail is kept as it came, once for each recipient, and read in the API', async () => {
    await send({ to: ['a@mail.test', 'b@mail.test'], subject: 'Grüße 👋 שלום', html: '<p>Hä?</p>', text: 'Hä?' })
    const { body } = await api.call<Page>('get', '/inbox')
    expect(body).toMatchObject({ total: 2, next: null })
    expect(body.items.map(({ to, subject, read }) => ({ to, subject, read }))).toEqual([
      { to: 'b@mail.test', subject: 'Grüße 👋 שלום', read: false },
      { to: 'a@mail.test', subject: 'Grüße 👋 שלום', read: false },
    ])
    const mail = await api.call<
      Summary & { html: string; text: string; source: string; headers: { name: string; value: string }[] }
    >('get', `/inbox/${body.items[0]?.id}`)
    expect(mail.body).toMatchObject({ read: true, html: '<p>Hä?</p>', text: 'Hä?' })
    expect(mail.body.source).toContain('Content-Type: multipart/alternative')
    expect(mail.body.headers.map(({ name }) => name)).toContain('Message-ID')
  })

  test('search by subject and address, pages, emptying', async () => {
    for (const n of [1, 2, 3]) await send({ to: `p${n}@page.test`, subject: `Page 100%_${n}` })
    expect((await api.call<Page>('get', '/inbox?text=100%25_')).body.total).toBe(3)
    expect((await api.call<Page>('get', '/inbox?text=p2@')).body.items.map(({ to }) => to)).toEqual(['p2@page.test'])
    const first = (await api.call<Page>('get', '/inbox?text=Page&limit=2')).body
    const second = (await api.call<Page>('get', `/inbox?text=Page&limit=2&cursor=${first.next}`)).body
    expect([...first.items, ...second.items].map(({ to }) => to)).toEqual([
      'p3@page.test',
      'p2@page.test',
      'p1@page.test',
    ])
    expect(second.next).toBeNull()
    expect((await api.call('get', '/inbox?cursor=x')).status).toBe(400)
    expect((await api.call('delete', '/inbox')).status).toBe(204)
    expect((await api.call<Page>('get', '/inbox')).body).toMatchObject({ total: 0, items: [] })
    expect((await api.call('get', '/inbox/1')).status).toBe(404)
  })

  test('addresses at bounce.test don’t exist; later.test takes a message the third time', async () => {
    await expect(send({ to: 'x@Bounce.test' })).rejects.toMatchObject({
      responseCode: 550,
      response: expect.stringMatching(/550 5\.1\.1 <x@bounce\.test>: there is no such mailbox/i),
    })
    const later = () => send({ to: 'x@later.test', messageId: '<one@studio.test>' })
    await expect(later()).rejects.toMatchObject({ responseCode: 451 })
    await expect(send({ to: 'x@later.test', messageId: '<two@studio.test>' })).rejects.toMatchObject({
      responseCode: 451,
    })
    await expect(later()).rejects.toMatchObject({ responseCode: 451 })
    await expect(later()).resolves.toMatchObject({ accepted: ['x@later.test'] })
  })

  test('a mail that is too large is refused', async () => {
    await expect(send({ to: 'big@mail.test', text: 'x'.repeat(11 * 1024 * 1024) })).rejects.toMatchObject({
      responseCode: 552,
    })
  })

  test('our own delivery learns that it has arrived, also one that nobody was sure of', async () => {
    await insertCustomers(db, 2)
    await frozenCampaign(db, { customers: ['c0', 'c1'] })
    await db.raw(
      "UPDATE deliveries SET state = IF(customer_id % 2 = 0, 'unconfirmed', 'sent'), message_id = CONCAT('m', id, '@studio.test')",
    )
    const deliveries = await rows<{ message_id: string }>(db, 'SELECT message_id FROM deliveries')
    for (const { message_id } of deliveries) await send({ to: 'c@mail.test', messageId: `<${message_id}>` })
    await send({ to: 'c@mail.test', messageId: '<stranger@studio.test>' })
    const states = await rows<{ state: string; delivered_at: Date | null }>(
      db,
      'SELECT state, delivered_at FROM deliveries',
    )
    expect(states).toEqual([1, 2].map(() => ({ state: 'delivered', delivered_at: expect.any(Date) })))
  })

  test('a peer that talks nonsense or goes away does no harm', async () => {
    for (const words of [
      '\u0000\u0001\r\n',
      'MAIL FROM:<a@b.test>\r\nDATA\r\n',
      'EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nhalf a mail',
    ]) {
      const socket = createConnection({ host: '127.0.0.1', port: inbox.port })
      socket.on('error', () => {})
      await new Promise<void>((done) => socket.write(words, () => setTimeout(done, 50)))
      socket.destroy()
    }
    await expect(send({ to: 'after@mail.test' })).resolves.toBeDefined()
    expect((await rows(db, "SELECT 1 FROM inbox_mails WHERE recipient = 'c@d.test'")).length).toBe(0)
  })

  test('only so many mails are kept', async () => {
    await trimMails(db, 2)
    const kept = await rows<{ id: number }>(db, 'SELECT id FROM inbox_mails')
    expect(kept).toHaveLength(2)
  })
})
