import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { resolveCriteria } from '../../domain/campaigns/criteria.ts'
import { preflight } from '../../domain/campaigns/preflight.ts'
import { type Database, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

type Line = {
  channel: string
  given: boolean | null
  source: string
  wording: string | null
  recorded_by: string | null
  at: string
}
type Consents = { current: Record<string, Line>; items: Line[] }

describe('consent is a fact with a date', () => {
  let database: TestDatabase
  let db: Database
  let api: TestApi
  let now = new Date('2026-11-20T10:00:00Z')

  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    api = await startApi(db, undefined, () => now)
  })
  afterAll(async () => {
    await api.close()
    await database.drop()
  })
  beforeEach(() => {
    now = new Date(now.getTime() + 3_600_000)
  })

  const send = (consents: unknown, more: object = {}) =>
    ingest(
      db,
      { customers: [{ index: 0, item: { id: 'mira', email: 'mira@mail.test', consents, ...more } as never }] },
      now,
    )
  const read = async () => (await api.call<Consents>('get', '/customers/mira/consents')).body
  const put = (body: object) => api.call<Consents>('put', '/customers/mira/consents', body)
  const reached = async () => (await preflight(db, await resolveCriteria(db, { customers: ['mira'] }))).recipients

  test('ingest writes the history: each change once, with its time, and the way back to unknown', async () => {
    await send({ email: true, sms: false })
    await send({ email: true })
    now = new Date(now.getTime() + 1_000)
    await send({ email: false }, { updated_at: '2026-11-20T09:00:00Z' })
    await send(null)
    const { items, current } = await read()
    expect(items.map(({ channel, given, source }) => [channel, given, source])).toEqual(
      expect.arrayContaining([
        ['email', true, 'ingest'],
        ['sms', false, 'ingest'],
        ['email', null, 'ingest'],
      ]),
    )
    expect(current.email?.given).toBeNull()
    expect(await rows(db, 'SELECT * FROM consents')).toEqual([])
  })

  test('by hand: with words and who entered it; claims heed it; what was before stays in the history', async () => {
    const before = (await read()).items.length
    const wording = 'Yes, write to me. Ja, schreiben Sie mir. 👋'
    const given = await put({ channel: 'email', given: true, source: 'front desk', wording })
    expect(given).toMatchObject({
      status: 200,
      body: {
        current: {
          email: {
            given: true,
            source: 'front desk',
            wording,
            recorded_by: 'API key PERENNIAL_API_KEY',
            at: now.toISOString(),
          },
        },
      },
    })
    expect(await reached()).toBe(1)
    now = new Date(now.getTime() + 60_000)
    await put({ channel: 'email', given: false, source: 'telephone' })
    expect(await reached()).toBe(0)
    await put({ channel: 'email', given: false, source: 'letter' })
    const { items } = await read()
    expect(items.slice(0, 3).map(({ source }) => source)).toEqual(['letter', 'telephone', 'front desk'])
    expect(items).toHaveLength(before + 3)
    // said again: the date of what holds does not move
    expect(await rows(db, 'SELECT source FROM consents')).toEqual([{ source: 'telephone' }])
    expect(api.asked).toContainEqual(['wakeSegments'])
  })

  test('the setting for unknown: may be mailed, or not; who said no is not', async () => {
    await put({ channel: 'email', given: null, source: 'correction' })
    expect(await reached()).toBe(0)
    await api.call('put', '/settings', { mail_unknown_consent: true })
    expect(await reached()).toBe(1)
    await put({ channel: 'email', given: false, source: 'letter' })
    expect(await reached()).toBe(0)
    await api.call('put', '/settings', { mail_unknown_consent: false })
  })

  test.each([
    [{ channel: 'email', given: true, source: 'x' }, '/wording'],
    [{ channel: 'fax', given: true, source: 'x', wording: 'y' }, '/channel'],
    [{ channel: 'email', given: 'yes', source: 'x' }, '/given'],
    [{ channel: 'email', given: false }, '/source'],
    [{ channel: 'email', given: false, source: 'x'.repeat(101) }, '/source'],
    [{ channel: 'email', given: true, source: 'x', wording: 'y'.repeat(2_001) }, '/wording'],
    [{ channel: 'email', given: false, source: 'x', at: '2020-01-01' }, '/at'],
  ])('%j is refused at %s', async (body, path) => {
    const answer = await put(body)
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } })
  })

  test('of nobody there is none', async () => {
    expect((await api.call('get', '/customers/nobody/consents')).status).toBe(404)
    expect(
      (await api.call('put', '/customers/nobody/consents', { channel: 'email', given: false, source: 'x' })).status,
    ).toBe(404)
  })

  test('who is deleted is forgotten, with what they said', async () => {
    await ingest(db, { customers: [{ index: 0, item: { id: 'mira', deleted: true } }] }, now)
    expect(await rows(db, 'SELECT * FROM consent_events')).toEqual([])
  })

  test('a thousand customers at once', async () => {
    const customers = Array.from({ length: 1_000 }, (_, index) => ({
      index,
      item: { id: `many${index}`, email: `m${index}@mail.test`, consents: { email: index % 2 === 0 } } as never,
    }))
    await ingest(db, { customers }, now)
    expect(await rows(db, 'SELECT given, COUNT(*) AS count FROM consent_events GROUP BY given ORDER BY given')).toEqual(
      [
        { given: 0, count: 500 },
        { given: 1, count: 500 },
      ],
    )
  })
})
