import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fromBufferPromise } from 'yauzl'
import type { Erasure } from '../../api/contract/erasures.ts'
import { execute, rows } from '../../domain/database.ts'
import { eraseCustomer } from '../../domain/erasure/eraseCustomer.ts'
import { TABLES } from '../../domain/erasure/tables.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { uploadFile } from '../support/uploadFile.ts'

const NOW = new Date('2026-11-30T12:00:00Z')
const EMAIL = 'Zoraxa.Quimberly@mail.test'
const PHONE = '+41 79 555 47 11'
/** None of this may stand anywhere afterwards. */
const TOKENS = ['zoraxa', 'quimberly', '555 47 11', 'sapphire']

let database: TestDatabase
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

/** Tables with one of some texts in a column of theirs. */
async function tracesIn(tokens: readonly string[]): Promise<string[]> {
  const columns = await rows<{ name: string; listed: string }>(
    database.db,
    `SELECT table_name AS name, GROUP_CONCAT(CONCAT('\`', column_name, '\`')) AS listed FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name NOT LIKE 'knex%'
       AND data_type IN ('char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json', 'blob', 'mediumblob', 'longblob')
     GROUP BY table_name ORDER BY table_name`,
  )
  const found: string[] = []
  for (const { name, listed } of columns) {
    const parts = listed.split(',').flatMap((column) => tokens.map((token) => ({ column, like: `%${token}%` })))
    const where = parts.map(({ column }) => `CONVERT(${column} USING utf8mb4) LIKE ?`).join(' OR ')
    const likes = parts.map(({ like }) => like)
    if ((await rows(database.db, `SELECT 1 FROM \`${name}\` WHERE ${where} LIMIT 1`, likes)).length > 0)
      found.push(name)
  }
  return found
}

/** Somebody of whom something stands wherever something can. */
async function aWholeLife(): Promise<number> {
  const { db } = database
  const person = {
    id: 'c-17',
    email: EMAIL,
    phone: PHONE,
    username: 'zoraxa77',
    first_name: 'Zoraxa',
    last_name: 'Quimberly',
    attributes: { stone: 'sapphire' },
    consents: { email: true },
  }
  await api.call('post', '/ingest', { customers: [{ ...person, email: 'zoraxa.old@mail.test' }] })
  const bookings = [{ id: 'b-1', customer: 'c-17', starts_at: '2026-11-01T10:00:00Z', price: 4200, state: 'attended' }]
  await api.call('post', '/ingest', { customers: [person, { id: 'bob', email: 'bob@mail.test' }], bookings })
  await api.call('post', '/customers/tag', { customers: ['c-17'], add: ['sapphire'] })
  await api.call('put', '/suppressions/c-17', { source: 'Zoraxa on the phone' })
  const [row] = await rows<{ id: number }>(db, "SELECT id FROM customers WHERE external_id = 'c-17'")
  const id = row?.id ?? 0
  await execute(db, 'UPDATE suppressions SET address = ? WHERE customer_id = ?', [EMAIL, id])
  await uploadFile((method, path, body) => api.call(method, path, body).then((reply) => reply.body), {
    name: 'list.csv',
    bytes: Buffer.from(`id,email,first_name\nc-17,${EMAIL},Zoraxa\n`),
  })
  const plant = async (table: string, cells: Record<string, unknown>) =>
    ((await db(table).insert(cells)) as number[])[0]
  const campaign = { kind: 'one_off', channel: 'email', criteria: '{}', document: '{}', created_at: NOW }
  const content = { name: 'For Zoraxa', subject: 'Dear Zoraxa Quimberly', html: '<p>sapphire</p>', text: 'sapphire' }
  const own = await plant('campaigns', { ...campaign, ...content, state: 'sent' })
  const news = { name: 'News', subject: 'News', html: 'x', text: 'x', state: 'sending' }
  const waiting = await plant('campaigns', { ...campaign, ...news })
  const delivery = { customer_id: id, channel: 'email', address: EMAIL, queued_at: NOW, due_at: NOW }
  const sent = await plant('deliveries', {
    ...{ ...delivery, campaign_id: own, state: 'bounced', message_id: 'm1', reason: `550 no ${EMAIL} here` },
  })
  await plant('deliveries', { ...delivery, campaign_id: waiting, state: 'queued', message_id: 'm2' })
  const words = JSON.stringify({ words: EMAIL })
  await plant('delivery_events', { delivery_id: sent, type: 'bounced', at: NOW, detail: words })
  const mail = { received_at: NOW, sender: 'studio@mail.test', size: 9, channel: 'email' }
  const toHer = { recipient: EMAIL, subject: 'Dear Zoraxa', message_id: 'm1', source: Buffer.from('sapphire') }
  await plant('inbox_mails', { ...mail, ...toHer })
  const aboutHer = Buffer.from('Zoraxa Quimberly cancelled')
  await plant('inbox_mails', {
    ...mail,
    recipient: 'boss@mail.test',
    subject: 'Look',
    message_id: 'm3',
    source: aboutHer,
  })
  await plant('opt_ins', {
    ...{ email: EMAIL, first_name: 'Zoraxa', language: 'en', wording: 'yes', source: 'page' },
    ...{ created_at: NOW, expires_at: NOW },
  })
  await plant('idempotency_keys', {
    ...{ caller: 'user:1', idempotency_key: 'k', request_hash: Buffer.alloc(32), status: 200 },
    ...{ body: JSON.stringify({ email: EMAIL }), created_at: NOW },
  })
  const note = { customer_id: id, provider_id: 0, text: 'Zoraxa likes it quiet', written_by: 'boss', created_at: NOW }
  await plant('customer_notes', note)
  await plant('survey_answers', {
    ...{ delivery_id: sent, customer_id: id, survey: 's', answer: 'a', question: 'Why?', label: 'Other' },
    ...{ comment: 'I am Zoraxa', answered_at: NOW },
  })
  return id
}

test('every table has its treatment: whoever adds one decides what of a person it keeps', async () => {
  const tables = await rows<{ name: string }>(
    database.db,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name NOT LIKE 'knex%'",
  )
  const untreated = tables.map(({ name }) => name).filter((name) => !Object.hasOwn(TABLES, name))
  expect(untreated).toEqual([])
})

test('somebody is erased from every text of every table; counts, money and everybody else stay', async () => {
  const { db } = database
  const id = await aWholeLife()
  const before = await tracesIn(TOKENS)
  // what the search finds as long as nothing is done
  const planted = [
    ...[
      'audit_entries',
      'campaigns',
      'customer_tags',
      'customers',
      'customers_history',
      'deliveries',
      'delivery_events',
    ],
    ...['idempotency_keys', 'import_parts', 'inbox_mails', 'opt_ins', 'suppressions', 'survey_answers'],
  ]
  expect(planted.filter((table) => !before.includes(table))).toEqual([])
  const bob = await rows(db, "SELECT * FROM customers WHERE external_id = 'bob'")

  const wrong = await api.call('post', '/erasures', { customer: 'c-17', name: 'Zoraxa' })
  expect(wrong.status).toBe(400)
  const asked = await api.call<Erasure>('post', '/erasures', { customer: 'c-17', name: ' Zoraxa  Quimberly ' })
  expect(asked).toMatchObject({ status: 202, body: { customer: 'c-17', state: 'running' } })
  const erasure = Number(asked.body.id)
  const audit = await rows(db, 'SELECT COUNT(*) AS n FROM audit_entries')
  // its worker is killed after every step
  const dies = () => {
    throw new Error('killed')
  }
  for (let tries = 0; tries < 20; tries++) {
    const hasEnded = await eraseCustomer(db, erasure, () => NOW, dies).then(
      () => true,
      () => false,
    )
    if (hasEnded) break
  }
  const { body } = await api.call<Erasure>('get', `/erasures/${erasure}`)
  expect(body).toMatchObject({ state: 'done', progress: 1, error: null })
  await refreshSegments(db, NOW)
  expect(await tracesIn(TOKENS)).toEqual([])

  expect(await rows(db, "SELECT * FROM customers WHERE external_id = 'bob'")).toEqual(bob)
  const bookings = await rows(db, 'SELECT price, state, deleted FROM bookings')
  expect(bookings).toEqual([{ price: 4200, state: 'attended', deleted: 0 }])
  const deliveries = await rows(db, 'SELECT state, reason FROM deliveries WHERE customer_id = ? ORDER BY id', [id])
  expect(deliveries).toEqual([
    { state: 'bounced', reason: null },
    { state: 'cancelled', reason: 'unknown_customer' },
  ])
  expect(await rows(db, 'SELECT COUNT(*) AS n FROM audit_entries')).toEqual(audit)
  await expect(execute(db, "UPDATE audit_entries SET actor = 'x'")).rejects.toThrow('only ever added to')
})

test('who was erased stays so: not by their identifier, and nobody writes to their address by another one', async () => {
  expect((await api.call('get', '/customers/c-17')).status).toBe(404)
  const again = await api.call('post', '/ingest', { customers: [{ id: 'c-17', email: EMAIL }] })
  expect(again).toMatchObject({ status: 400, body: { errors: [{ path: '/customers/0/id' }] } })
  const others = [
    { id: 'new', email: EMAIL.toLowerCase() },
    { id: 'other', email: 'o@mail.test' },
  ]
  await api.call('post', '/ingest', { customers: others })
  const suppressed = await rows(
    database.db,
    `SELECT c.external_id AS id, s.source FROM suppressions s JOIN customers c ON c.id = s.customer_id WHERE c.known = 1`,
  )
  expect(suppressed).toEqual([{ id: 'new', source: 'erased before' }])
  expect((await api.call('post', '/erasures', { customer: 'c-17', name: 'c-17' })).status).toBe(404)
})

test('everything about one person is a ZIP of JSON and of tables in words', async () => {
  await api.call('post', '/ingest', {
    customers: [{ id: 'eva', first_name: 'Eva', email: 'eva@mail.test', consents: { sms: false } }],
    memberships: [{ id: 'm-1', customer: 'eva', type: 'Jahr', valid_from: '2026-01-01' }],
  })
  const response = await fetch(`${api.url}/api/v1/exports/customers/eva?language=de`, {
    headers: { authorization: `Bearer ${api.key}` },
  })
  expect(response.headers.get('content-type')).toContain('application/zip')
  const zip = await fromBufferPromise(Buffer.from(await response.arrayBuffer()), { lazyEntries: true })
  const files = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
    files.set(entry.fileName, Buffer.concat(pieces).toString())
  }
  expect([...files.keys()]).toEqual(['data.json', 'kunden.csv', 'mitgliedschaften.csv', 'einwilligungen.csv'])
  expect(files.get('mitgliedschaften.csv')).toContain('m-1,eva,,,Jahr,2026-01-01')
  const data = JSON.parse(files.get('data.json') ?? '{}')
  expect(data).toMatchObject({ customer: [{ email: 'eva@mail.test' }], consent_events: [{ channel: 'sms' }] })
  expect((await api.call('get', '/exports/customers/nobody')).status).toBe(404)
})
