import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import type { ImportFile, ImportTarget } from '../../api/contract/imports.ts'
import { execute, rows } from '../../domain/database.ts'
import { runImport } from '../../domain/imports/runImport.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { uploadFile } from '../support/uploadFile.ts'

const NOW = new Date('2026-11-30T12:00:00Z')
let database: TestDatabase
let api: TestApi

beforeAll(async () => {
  database = await createTestDatabase()
  await readSettings(database.db)
  await execute(database.db, "UPDATE settings SET time_zone = 'Europe/Zurich', currency = 'CHF'")
  api = await startApi(database.db, undefined, () => NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})
beforeEach(async () => {
  for (const table of [
    'customer_tags',
    'consents',
    'consent_events',
    'bookings',
    'payments',
    'memberships',
    'customers',
  ])
    await execute(database.db, `DELETE FROM ${table}`)
})

const upload = (text: string | Buffer, kind = 'customers') =>
  uploadFile((method, path, body) => api.call(method, path, body).then((reply) => reply.body), {
    kind,
    name: 'list.csv',
    bytes: Buffer.from(text),
  })
const change = async (id: string, body: object) => (await api.call<ImportFile>('patch', `/imports/${id}`, body)).body
const read = async (id: string) => (await api.call<ImportFile>('get', `/imports/${id}`)).body

/** Starts a file and takes it in, as the worker does. */
async function run(id: string, onPart?: () => void): Promise<ImportFile> {
  expect((await api.call('post', `/imports/${id}/start`)).status).toBe(202)
  await runImport(database.db, Number(id), () => NOW, onPart)
  return read(id)
}

const customers = () =>
  rows<Record<string, unknown>>(
    database.db,
    'SELECT external_id AS id, email, first_name, last_name, birthdate, gender, country, joined_at, attributes FROM customers ORDER BY id',
  )

const GERMAN = `Kundennr;Vorname;Name;E-Mail;Geburtsdatum;Anrede;Land;Kunde seit;Newsletter;Lieblingsfarbe;Tags
1001;Zoë;Müller;zoe@mail.test;29.02.1984;Frau;Schweiz;03.05.2019 18:30;ja;grün;Stamm, Yoga
1002;Łukasz;O’Neill;luk@mail.test;15.1.1975;Herr;CH;2.1.2020;nein;;
;Ohne;Nummer;ohne@mail.test;;;;;;blau;
1003;;Falsch;kein Klammeraffe;31.04.1990;;;;;;
`

test('a file is understood, shown as it will be stored, taken in, and its rejected rows come back with the reason', async () => {
  const file = await upload(GERMAN)
  expect(file).toMatchObject({
    state: 'ready',
    total: 4,
    lacking: [],
    historical: true,
    reading: { format: 'csv', encoding: 'utf-8', separator: ';', titles: true },
    choices: { dates: 'dmy', decimal: ',' },
  })
  const field = (name: string): ImportTarget => ({ field: name })
  expect(file.mapping).toEqual([
    ...['id', 'first_name', 'last_name', 'email', 'birthdate', 'gender', 'country', 'joined_at', 'consent_email'].map(
      field,
    ),
    null,
    field('tags'),
  ])
  const mapping = file.mapping.with(9, { attribute: 'colour', type: 'text' })
  await change(file.id, { mapping, choices: { tags: ['Import'] } })
  const { body: preview } = await api.call(`get`, `/imports/${file.id}/preview?language=de`)
  expect(preview).toMatchObject({
    checked: 4,
    refused: 1,
    rows: [
      {
        values: { id: '1001', birthdate: '1984-02-29', joined_at: '2019-05-03T16:30:00.000Z' },
        attributes: { colour: 'grün' },
      },
      {},
      {},
      {},
    ],
    problems: [
      {
        number: 5,
        reasons: [
          { column: 3, message: '„kein Klammeraffe“ ist keine E-Mail-Adresse' },
          { column: 4, message: '„31.04.1990“ ist kein Tag im Kalender' },
        ],
      },
    ],
  })
  expect(await customers()).toEqual([])

  expect(await run(file.id)).toMatchObject({ state: 'done', done: 4, made: 3, changed: 0, rejected: 1 })
  const stored = await customers()
  expect(stored).toMatchObject([
    { id: '1001', first_name: 'Zoë', last_name: 'Müller', birthdate: '1984-02-29', gender: 'female', country: 'CH' },
    { id: '1002', joined_at: new Date('2020-01-01T23:00:00Z'), attributes: null },
    {
      id: expect.stringMatching(/^email-[0-9a-f]{32}$/),
      email: 'ohne@mail.test',
      attributes: expect.stringMatching(/^\{"colour": ?"blau"\}$/),
    },
  ])
  const consents = await rows(database.db, 'SELECT given FROM consents ORDER BY customer_id')
  expect(consents).toEqual([{ given: 1 }, { given: 0 }])
  const tags = await rows<{ tag: string }>(database.db, 'SELECT tag FROM customer_tags ORDER BY customer_id, tag')
  expect(tags.map(({ tag }) => tag)).toEqual(['Import', 'Stamm', 'Yoga', 'Import', 'Import'])
  const causes = await rows(database.db, 'SELECT DISTINCT cause FROM dirty_relationships')
  expect(causes).toEqual([{ cause: 'historical' }])

  const { body: rejected } = await api.call<string>('get', `/imports/${file.id}/rejected?language=de`)
  const [title, line, ...more] = rejected.split('\r\n')
  expect(title).toMatch(/^Kundennr,Vorname,.*,Tags,Zeile,Grund$/)
  expect(line).toMatch(/^1003,,Falsch,kein Klammeraffe,31.04.1990,,,,,,,5,E-Mail: „kein/)
  expect(more).toEqual([''])
})

test('the same file a second time changes nothing; who was known by their address is the same one', async () => {
  const before = await run((await upload(GERMAN)).id)
  const stored = await rows(database.db, 'SELECT * FROM customers ORDER BY id')
  const events = await rows(database.db, 'SELECT COUNT(*) AS n FROM consent_events')
  const again = await run((await upload(GERMAN)).id)
  expect(again).toMatchObject({ state: 'done', made: 0, changed: 0, rejected: before.rejected })
  expect(await rows(database.db, 'SELECT * FROM customers ORDER BY id')).toEqual(stored)
  expect(await rows(database.db, 'SELECT COUNT(*) AS n FROM consent_events')).toEqual(events)
  // an empty cell says nothing, unless somebody says that it does
  const cleared = await upload('Kundennr;Vorname;Land\n1001;;Italien\n')
  await change(cleared.id, { choices: { empty: 'clear' } })
  expect(await run(cleared.id)).toMatchObject({ made: 0, changed: 1 })
  expect((await customers())[0]).toMatchObject({ first_name: null, country: 'IT', last_name: 'Müller' })
})

const many = (count: number) =>
  `id,email,first_name\n${Array.from({ length: count }, (_, n) => `c${n},c${n}@mail.test,"Anna ""${n}"""`).join('\n')}\n`

test('whoever takes it up after a crash goes on after the last part; two at once store each row once', async () => {
  const file = await upload(many(2_500))
  expect(file.total).toBe(2_500)
  await api.call('post', `/imports/${file.id}/start`)
  const dying = runImport(
    database.db,
    Number(file.id),
    () => NOW,
    () => {
      throw new Error('killed')
    },
  )
  await expect(dying).rejects.toThrow('killed')
  expect(await read(file.id)).toMatchObject({ state: 'running', done: 1_000, made: 1_000 })
  await Promise.all([1, 2].map(() => runImport(database.db, Number(file.id), () => NOW)))
  // one of the two saw that the other had done its part, and left the rest to it
  await runImport(database.db, Number(file.id), () => NOW)
  expect(await read(file.id)).toMatchObject({ state: 'done', done: 2_500, made: 2_500, changed: 0, rejected: 0 })
  expect(await rows(database.db, 'SELECT COUNT(*) AS n, COUNT(DISTINCT email) AS m FROM customers')).toEqual([
    { n: 2_500, m: 2_500 },
  ])
})

test('cancelled, it keeps what is stored, and can be gone on with', async () => {
  const file = await upload(many(2_500))
  await api.call('post', `/imports/${file.id}/start`)
  await runImport(
    database.db,
    Number(file.id),
    () => NOW,
    async () => {
      await api.call('post', `/imports/${file.id}/cancel`)
    },
  )
  expect(await read(file.id)).toMatchObject({ state: 'cancelled', done: 1_000 })
  expect((await api.call('patch', `/imports/${file.id}`, { historical: false })).status).toBe(409)
  expect(await run(file.id)).toMatchObject({ state: 'done', done: 2_500, made: 2_500 })
  expect((await api.call('post', `/imports/${file.id}/start`)).status).toBe(409)
})

test('bookings name customers by their address and providers by their name, and are the same the next time', async () => {
  await api.call('post', '/ingest', { customers: [{ id: 'anna', email: 'anna@mail.test' }] })
  const text = `Email,Date,Time,Service,Teacher,Price,Status
ANNA@mail.test,30.11.2026,18:00,Yoga,Ben Frei,"CHF 1'045.50",Attended
new@mail.test,29.11.2026,7:30,Yoga,Ben Frei,25,late cancel
,29.11.2026,7:30,Yoga,,,
`
  const file = await upload(text, 'bookings')
  expect(file.lacking).toEqual([])
  expect(await run(file.id)).toMatchObject({ made: 2, rejected: 1 })
  const stored = () =>
    rows(
      database.db,
      `SELECT c.external_id AS customer, c.known, p.name, starts_at, price, state FROM bookings b JOIN customers c ON c.id = b.customer_id
       JOIN providers p ON p.id = b.provider_id ORDER BY b.starts_at DESC`,
    )
  const first = await stored()
  expect(first).toMatchObject([
    {
      customer: 'anna',
      name: 'Ben Frei',
      starts_at: new Date('2026-11-30T17:00:00Z'),
      price: 104_550,
      state: 'attended',
    },
    { customer: expect.stringMatching(/^email-/), known: 0, state: 'cancelled', price: 2_500 },
  ])
  expect(await run((await upload(text, 'bookings')).id)).toMatchObject({ made: 0, changed: 0, rejected: 1 })
  expect(await stored()).toEqual(first)
  // who waited arrives by their address: the booking is theirs
  await run((await upload('email,first_name\nNEW@mail.test,Neu\n')).id)
  expect((await stored())[1]).toMatchObject({ known: 1 })
})

test('memberships and payments come the same way', async () => {
  const memberships = await upload(
    'Kundennummer;Abo;Gültig ab;Gültig bis;Gekündigt am\nm1;Jahr;1.1.2026;31.12.2026;\n',
    'memberships',
  )
  expect(await run(memberships.id)).toMatchObject({ made: 1, rejected: 0 })
  const payments = await upload(
    'Payment ID,Customer ID,Amount,Date\np1,m1,12.50,2026-11-01\n,m1,12.50,2026-11-01\n',
    'payments',
  )
  expect(await run(payments.id)).toMatchObject({ made: 1, rejected: 1 })
  expect(await rows(database.db, 'SELECT valid_to, type FROM memberships')).toEqual([
    { valid_to: '2026-12-31', type: 'Jahr' },
  ])
  expect(await rows(database.db, 'SELECT amount FROM payments')).toEqual([{ amount: 1_250 }])
})

test('an address of several customers is no name for one of them', async () => {
  await api.call('post', '/ingest', { customers: ['a', 'b'].map((id) => ({ id, email: 'family@mail.test' })) })
  const file = await upload('email,first_name\nfamily@mail.test,Who\n')
  expect(await run(file.id)).toMatchObject({ made: 0, changed: 0, rejected: 1 })
  const { body } = await api.call('get', `/imports/${file.id}/problems`)
  expect(body).toMatchObject({
    items: [{ number: 2, stored: false, reasons: [{ code: 'several_customers' }] }],
    next: null,
  })
})

test('what is wrong with a file, or with what is said of it, is said', async () => {
  const begin = (body: object) => api.call('post', '/imports', { kind: 'customers', name: 'x.csv', ...body })
  expect((await begin({ size: 0 })).status).toBe(400)
  expect((await begin({ size: 64 * 1_048_576 + 1 })).status).toBe(413)
  const { body } = await begin({ size: 600_000 })
  const id = String(body.id)
  const part = (place: number, bytes: number) =>
    api.call('put', `/imports/${id}/parts/${place}`, { data: Buffer.alloc(bytes, 97).toString('base64') })
  expect((await part(0, 100)).status).toBe(400)
  expect((await part(2, 100)).status).toBe(400)
  expect((await part(0, 524_288)).status).toBe(204)
  const early = await api.call('post', `/imports/${id}/complete`)
  expect(early).toMatchObject({ status: 409, body: { missing: [1] } })
  expect((await api.call('post', `/imports/${id}/start`)).status).toBe(409)

  const file = await upload('Colour,Size\nred,L\n')
  expect(file).toMatchObject({ mapping: [null, null], lacking: [['id', 'email']] })
  expect((await api.call('post', `/imports/${file.id}/start`)).status).toBe(400)
  const patch = (mapping: unknown) => api.call('patch', `/imports/${file.id}`, { mapping })
  expect((await patch([{ field: 'email' }])).status).toBe(400)
  expect((await patch([{ field: 'email' }, { field: 'email' }])).status).toBe(400)
  expect((await patch([{ field: 'password' }, null])).status).toBe(400)
  expect((await patch([{ field: 'id' }, null])).status).toBe(200)
  // without titles the first row is one like the others
  expect(await change(file.id, { reading: { titles: false } })).toMatchObject({ total: 2, columns: ['A', 'B'] })
  expect((await api.call('delete', `/imports/${file.id}`)).status).toBe(204)
  expect((await api.call('get', `/imports/${file.id}`)).status).toBe(404)
})

test('what came in a file can be removed; that it was taken in stays known', async () => {
  const { id } = await run((await upload(GERMAN)).id)
  expect((await api.call('delete', `/imports/${id}`)).status).toBe(204)
  expect(await read(id)).toMatchObject({ state: 'done', made: 3, file_removed_at: NOW.toISOString() })
  for (const table of ['import_parts', 'import_problems'])
    expect(await rows(database.db, `SELECT 1 FROM ${table} WHERE import_id = ?`, [Number(id)])).toEqual([])
})
