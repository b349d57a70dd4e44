import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { execute, rows } from '../../domain/database.ts'
import { EXPORT_KINDS, EXPORTS } from '../../domain/exports/kinds.ts'
import { COLUMN_WORDS } from '../../domain/exports/words.ts'
import { IMPORT_KINDS } from '../../domain/imports/fields.ts'
import { guessMapping } from '../../domain/imports/guess.ts'
import { runImport } from '../../domain/imports/runImport.ts'
import { installStandardSegments } from '../../domain/segments/installStandardSegments.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
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
  await installStandardSegments(database.db, NOW)
  api = await startApi(database.db, undefined, () => NOW)
  const { status } = await api.call('post', '/ingest', {
    customers: [
      {
        id: 'anna',
        first_name: '=HYPERLINK("http://x")',
        last_name: 'Keller, "die"',
        phone: '+41 79 000 00 00',
        email: 'anna@mail.test',
        birthdate: '1984-02-29',
        country: 'CH',
        joined_at: '2026-06-30T22:30:00Z',
        attributes: { level: 3, vip: true },
        consents: { email: true, sms: false },
      },
      { id: 'bea', email: 'bea@mail.test', attributes: { colour: 'grün' } },
    ],
    providers: ['p1', 'p2'].map((id) => ({ id, name: `Studio ${id}` })),
    bookings: [
      { id: 'b1', customer: 'anna', provider: 'p1', service: 'Yoga', starts_at: '2026-11-20T17:00:00Z', price: 104550 },
      { id: 'b2', customer: 'bea', provider: 'p2', service: 'Yoga', starts_at: '2026-11-20T17:00:00Z', price: 2500 },
    ],
    memberships: [{ id: 'm1', customer: 'anna', type: 'Jahr', valid_from: '2026-01-01', recurring: true }],
    payments: [{ id: 'y1', customer: 'bea', provider: 'p2', amount: 1250, paid_at: '2026-11-20T17:00:00Z' }],
  })
  expect(status).toBe(200)
  await api.call('post', '/customers/tag', { customers: ['anna'], add: ['Stamm', 'Yoga'] })
  expect((await api.call('put', '/suppressions/bea')).status).toBeLessThan(300)
  await refreshSegments(database.db, NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const lines = async (kind: string, query = 'language=en', key = api.key) => {
  const { status, body } = await api.call<string>('get', `/exports/${kind}?${query}`, undefined, {
    authorization: `Bearer ${key}`,
  })
  return { status, lines: String(body).split('\r\n').filter(Boolean) }
}

test('customers with everything about them; what somebody typed is no formula', async () => {
  const { lines: found } = await lines('customers')
  expect(found).toEqual([
    'Identifier,Email,User name,First name,Last name,Telephone,Date of birth,Gender,Language,Country,Customer group,Partner,Customer since (Europe/Zurich),Status,Email consent,SMS consent,Push consent,Tags,colour,level,vip',
    `anna,anna@mail.test,,"'=HYPERLINK(""http://x"")","Keller, ""die""",'+41 79 000 00 00,1984-02-29,,,CH,,,2026-07-01 00:30:00,lead,yes,no,,"Stamm, Yoga",,3,yes`,
    'bea,bea@mail.test,,,,,,,,,,,,lead,,,,,grün,,',
  ])
})

test('every kind has its rows', async () => {
  expect((await lines('bookings', 'language=de')).lines[1]).toBe(
    'b1,anna,p1,Studio p1,Yoga,2026-11-20 18:00:00,,1045.5,booked,',
  )
  expect((await lines('memberships')).lines[1]).toBe('m1,anna,,,Jahr,2026-01-01,,,yes')
  expect((await lines('payments')).lines[1]).toBe('y1,bea,p2,Studio p2,12.5,2026-11-20 18:00:00')
  expect((await lines('tags')).lines.slice(1)).toEqual([
    'anna,Stamm,2026-11-30 13:00:00',
    'anna,Yoga,2026-11-30 13:00:00',
  ])
  expect((await lines('consents')).lines).toHaveLength(3)
  expect((await lines('suppressions')).lines[1]).toMatch(/^bea,/)
  expect((await lines('members')).lines.some((line) => line.startsWith('anna,active-members,'))).toBe(true)
  for (const kind of EXPORT_KINDS) expect((await lines(kind)).status).toBe(200)
})

test('a provider’s key takes out what is theirs and nothing else, whoever it names', async () => {
  const { body } = await api.call<{ key: string }>('post', '/api-keys', { name: 'p1', scopes: null, provider: 'p1' })
  for (const kind of EXPORT_KINDS) {
    const { lines: own } = await lines(kind, 'language=en', body.key)
    expect(own.join('\n')).not.toMatch(/bea|p2|colour/)
    expect((await lines(kind, 'provider=p2', body.key)).status).toBe(404)
  }
  expect((await lines('bookings', 'language=en', body.key)).lines).toHaveLength(2)
  expect((await lines('customers', 'language=en', body.key)).lines).toHaveLength(2)
  expect((await lines('bookings', 'provider=p2')).lines).toHaveLength(2)
})

test('what was taken out stands in the audit trail', async () => {
  await lines('payments', 'language=fr')
  const [line] = await rows(
    database.db,
    'SELECT entity, entity_id, permission FROM audit_entries ORDER BY id DESC LIMIT 1',
  )
  expect(line).toEqual({ entity: 'exports', entity_id: 'paiements-2026-11-30.csv', permission: 'customers.read' })
})

test('an import knows the columns again, in every language', () => {
  for (const language of ['en', 'de', 'fr', 'it'] as const) {
    for (const kind of IMPORT_KINDS) {
      const { columns } = EXPORTS[kind]
      const titles = columns.map(({ name }) => `${COLUMN_WORDS[language][name]} (CHF)`)
      const fields = guessMapping(kind, titles, []).map((target) => target && 'field' in target && target.field)
      const expected = columns.map(({ name }) => (name === 'status' ? null : name))
      expect([language, kind, fields]).toEqual([language, kind, expected])
    }
  }
})

test('what was taken out can be taken in again, and changes nothing', async () => {
  for (const kind of IMPORT_KINDS) {
    const { lines: found } = await lines(kind, 'language=de')
    const file = await uploadFile((method, path, body) => api.call(method, path, body).then((reply) => reply.body), {
      kind,
      name: 'again.csv',
      bytes: Buffer.from(found.join('\r\n')),
    })
    await api.call('post', `/imports/${file.id}/start`)
    await runImport(database.db, Number(file.id), () => NOW)
    const { body } = await api.call('get', `/imports/${file.id}`)
    expect([kind, body]).toMatchObject([kind, { state: 'done', made: 0, changed: 0, rejected: 0 }])
  }
})
