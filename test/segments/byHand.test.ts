import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Override } from '../../api/contract/segmentMembers.ts'
import type { Explanation, Member, Segment } from '../../api/contract/segments.ts'
import { execute, rows } from '../../domain/database.ts'
import { changeSegment } from '../../domain/segments/changeSegment.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const german = { fact: 'language', is: 'one_of', value: ['de'] }

let now = NOW
let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => now)
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

type Standing = { member: boolean; by_hand: string | null; changed: boolean; detail?: string }
type Sum = {
  before: { decision: string; customers: string[] }[]
  changed: number
  unchanged: number
  entered: number
  left: number
  unknown: string[]
  ambiguous: string[]
}

/** Speakers of German: c0, c2, c4; p has to do with c0 and c1. */
beforeEach(async () => {
  for (const table of ['segments', 'dirty_relationships', 'bookings', 'relationships', 'customers', 'providers']) {
    await execute(database.db, `DELETE FROM ${table}`)
  }
  now = NOW
  await execute(database.db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  const customers = [0, 1, 2, 3, 4].map((index) => ({
    id: `c${index}`,
    email: `Name${index}@studio.test`,
    username: index < 3 ? `user ${index}` : 'shared',
    language: index % 2 === 0 ? 'de' : 'fr',
  }))
  const bookings = ['c0', 'c1'].map((customer) => ({
    id: customer,
    customer,
    provider: 'p',
    state: 'attended',
    starts_at: '2026-06-01T10:00:00Z',
  }))
  await api.call('post', '/ingest', { customers, providers: [{ id: 'p', name: 'Petra' }], bookings })
  await refreshSegments(database.db, now)
  await make('German', german)
}, 20_000)

async function make(name: string, rule: unknown, scope = 'business'): Promise<string> {
  const { body } = await api.call<Segment>('post', '/segments', { name, rule, scope })
  await recomputeSegment(database.db, body.id, now)
  return body.id
}

const decide = (method: 'put' | 'delete', customer: string, { segment = 'german', end = '' } = {}) =>
  api.call<Standing>(method, `/segments/${segment}/members/${customer}${end}`)
const putIn = (customer: string) => decide('put', customer)
const takeOut = (customer: string) => decide('delete', customer)
const takeBack = (customer: string) => decide('delete', customer, { end: '/override' })
const members = async (segment = 'german', query = '') =>
  (await api.call<{ items: Member[] }>('get', `/segments/${segment}/members${query}`)).body.items.map(({ id }) => id)
const transitions = async (segment = 'german') =>
  (
    await rows<{ id: string; entered: number; cause: string }>(
      database.db,
      `SELECT c.external_id AS id, t.entered, t.cause FROM segment_transitions t JOIN segments s ON s.id = t.segment_id
       JOIN customers c ON c.id = t.customer_id WHERE s.\`key\` = ? AND t.cause <> 'initial' ORDER BY t.id`,
      [segment],
    )
  ).map(({ id, entered, cause }) => `${entered ? '+' : '-'}${id} ${cause}`)
const overrides = async (query = '') =>
  (await api.call<{ items: Override[]; next: string | null }>('get', `/segments/german/overrides${query}`)).body

describe('one customer', () => {
  test('is put in, taken out and left to the rule again, at once and with the cause', async () => {
    expect((await putIn('c1')).body).toEqual({
      customer: 'c1',
      member: true,
      by_hand: 'in',
      changed: true,
      before: 'rule',
    })
    expect((await takeOut('c0')).body).toEqual({
      customer: 'c0',
      member: false,
      by_hand: 'out',
      changed: true,
      before: 'rule',
    })
    expect(await members()).toEqual(['c1', 'c2', 'c4'])
    expect((await takeBack('c1')).body).toEqual({
      customer: 'c1',
      member: false,
      by_hand: null,
      changed: true,
      before: 'in',
    })
    expect((await takeBack('c0')).body).toEqual({
      customer: 'c0',
      member: true,
      by_hand: null,
      changed: true,
      before: 'out',
    })
    expect(await members()).toEqual(['c0', 'c2', 'c4'])
    expect(await transitions()).toEqual(['+c1 by_hand', '-c0 by_hand', '-c1 by_hand', '+c0 by_hand'])
    expect(api.asked.filter(([what]) => what === 'wakeSegments').length).toBeGreaterThanOrEqual(4)
  })

  test('deciding the same again changes nothing, and the first to decide stays named', async () => {
    await putIn('c1')
    const [first] = (await overrides()).items
    now = new Date(NOW.getTime() + 60_000)
    expect((await putIn('c1')).body).toMatchObject({ member: true, changed: false })
    expect((await overrides()).items).toEqual([first])
    expect((await takeBack('c3')).body).toMatchObject({ member: false, changed: false })
    // nothing moves, but it is decided now
    expect((await putIn('c2')).body).toMatchObject({ member: true, changed: true })
    expect(await transitions()).toEqual(['+c1 by_hand'])
  })

  test('what was decided outranks the rule when facts change, time passes, and the rule is another', async () => {
    await putIn('c1')
    await takeOut('c0')
    await api.call('post', '/ingest', {
      customers: [
        { id: 'c0', language: 'de' },
        { id: 'c1', language: 'it' },
      ],
    })
    await refreshSegments(database.db, now)
    expect(await members()).toEqual(['c1', 'c2', 'c4'])
    await recomputeSegment(database.db, 'german', now)
    expect(await members()).toEqual(['c1', 'c2', 'c4'])
    await changeSegment(database.db, 'german', { rule: { fact: 'language', is: 'set' } }, 'test', now)
    await recomputeSegment(database.db, 'german', now)
    expect(await members()).toEqual(['c1', 'c2', 'c3', 'c4'])
    expect(await transitions()).toEqual(['+c1 by_hand', '-c0 by_hand', '+c3 rule_change'])
  })

  test('who is put in while the segment is recomputed is in it once, whatever the new rule says', async () => {
    await changeSegment(database.db, 'german', { rule: { fact: 'language', is: 'one_of', value: ['fr'] } }, 'test', now)
    await recomputeSegment(database.db, 'german', now, async () => {
      await putIn('c1')
      await takeOut('c3')
      await takeOut('c4')
    })
    expect(await members()).toEqual(['c1'])
  })

  test('the rule decides by the facts as they are now, even when no refresh has seen them', async () => {
    await takeOut('c0')
    await api.call('post', '/ingest', { customers: [{ id: 'c0', language: 'fr' }] })
    expect((await takeBack('c0')).body.member).toBe(false)
    await refreshSegments(database.db, now)
    expect(await transitions()).toEqual(['-c0 by_hand'])
  })

  test('segments that ask for it follow, with the same cause', async () => {
    await make('Asks', { fact: 'segment', is: 'in', value: 'german' })
    await make('Asks again', { not: { fact: 'segment', is: 'in', value: 'asks' } })
    await putIn('c1')
    await refreshSegments(database.db, now)
    expect(await members('asks')).toEqual(['c0', 'c1', 'c2', 'c4'])
    expect(await members('asks-again')).toEqual(['c3'])
    expect([await transitions('asks'), await transitions('asks-again')]).toEqual([['+c1 by_hand'], ['-c1 by_hand']])
  })

  test('a segment that was never computed has those who were put in, and keeps them', async () => {
    const { body } = await api.call<Segment>('post', '/segments', { name: 'Fresh', rule: german })
    await decide('put', 'c1', { segment: body.id })
    expect(await members('fresh')).toEqual(['c1'])
    await recomputeSegment(database.db, 'fresh', now)
    expect(await members('fresh')).toEqual(['c0', 'c1', 'c2', 'c4'])
  })

  test('only a provider’s own customers can be in its segments', async () => {
    const segment = await make('Of providers', { any: [] }, 'provider')
    const put = (customer: string, provider = '?provider=p') => decide('put', customer, { segment, end: provider })
    expect((await put('c0')).body).toMatchObject({ member: true })
    expect(await put('c4')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('c4') } })
    expect((await put('c0', '')).status).toBe(400)
    expect((await put('c0', '?provider=q')).status).toBe(400)
    expect(await members(segment, '?provider=p')).toEqual(['c0'])
    await refreshSegments(database.db, now)
    expect(await members(segment, '?provider=p')).toEqual(['c0'])
  })

  test('an explanation says that it was decided by hand, beside what the rule says', async () => {
    await putIn('c1')
    const why = async () => (await api.call<Explanation>('get', '/segments/german/explain?customer=c1')).body
    expect(await why()).toMatchObject({ member: true, by_hand: 'in', nodes: [{ path: '', holds: false }] })
    await takeBack('c1')
    const { member, by_hand } = await why()
    expect({ member, by_hand }).toEqual({ member: false, by_hand: undefined })
  })

  test('who or what is not there is said', async () => {
    expect((await putIn('nobody')).status).toBe(404)
    expect((await decide('put', 'c1', { segment: 'nothing' })).status).toBe(404)
  })

  test('two hundred at once are all done, each once', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => (await putIn(`c${index % 5}`)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await members()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
    expect((await transitions()).sort()).toEqual(['+c1 by_hand', '+c3 by_hand'])
    expect((await overrides()).items).toHaveLength(5)
  }, 60_000)

  test('is shown as what it is: among the members, the decisions, and the customer’s segments', async () => {
    await putIn('c1')
    now = new Date(NOW.getTime() + 60_000)
    await takeOut('c0')
    const { items } = (await api.call<{ items: Member[] }>('get', '/segments/german/members')).body
    expect(items.map(({ id, by_hand }) => [id, by_hand])).toEqual([
      ['c1', true],
      ['c2', false],
      ['c4', false],
    ])
    const first = await overrides('?limit=1')
    expect(first.items).toMatchObject([
      { customer: { id: 'c0' }, decision: 'out', decided_by: 'API key PERENNIAL_API_KEY' },
    ])
    expect((await overrides(`?limit=1&cursor=${first.next}`)).items).toMatchObject([{ customer: { id: 'c1' } }])
    expect((await overrides('?decision=in')).items).toHaveLength(1)
    type Ours = { items: { id: string; by_hand: boolean }[]; taken_out: { id: string }[] }
    expect((await api.call<Ours>('get', '/customers/c1/segments')).body.items).toMatchObject([
      { id: 'german', by_hand: true },
    ])
    const out = (await api.call<Ours>('get', '/customers/c0/segments')).body
    expect([out.items, out.taken_out.map(({ id }) => id)]).toEqual([[], ['german']])
  })
})

describe('many customers', () => {
  const many = (body: object, segment = 'german') => api.call<Sum>('post', `/segments/${segment}/overrides`, body)

  test('by a pasted text of ids, addresses and user names, with the numbers first', async () => {
    const text = 'c1\r\nNAME3@studio.test, user 2;nobody\t"c0"\n\nshared\nc1\n'
    const expected = { changed: 4, unchanged: 0, entered: 2, left: 0, unknown: ['nobody'], ambiguous: ['shared'] }
    const dry = await many({ text, decision: 'in', dry_run: true })
    expect(dry).toMatchObject({ status: 200, body: { ...expected, unrelated: [] } })
    expect(await members()).toEqual(['c0', 'c2', 'c4'])
    expect((await overrides()).items).toEqual([])
    expect((await many({ text, decision: 'in' })).body).toMatchObject(expected)
    expect(await members()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
    expect((await many({ text, decision: 'in' })).body).toMatchObject({ changed: 0, unchanged: 4, entered: 0 })
    const back = await many({ text, decision: 'rule' })
    expect(back.body).toMatchObject({ changed: 4, left: 2, before: [{ decision: 'in' }] })
    expect(back.body.before[0]?.customers).toEqual(['c0', 'c1', 'c2', 'c3'])
    expect(await members()).toEqual(['c0', 'c2', 'c4'])
  })

  test('by a search, and by identifiers', async () => {
    const found = await many({ search: { segment: 'german', filter: { text: 'Name' } }, decision: 'out' })
    expect(found.body).toMatchObject({ changed: 3, left: 3 })
    expect(await members()).toEqual([])
    expect((await many({ customers: ['c0', 'Name2@studio.test'], decision: 'rule' })).body).toMatchObject({
      entered: 2,
    })
    expect(await members()).toEqual(['c0', 'c2'])
  })

  test('leaves out, and names, those who have nothing to do with the provider', async () => {
    const segment = await make('Of providers', { any: [] }, 'provider')
    const { body } = await many({ customers: ['c0', 'c1', 'c3'], decision: 'in', provider: 'p' }, segment)
    expect(body).toMatchObject({ changed: 2, entered: 2, unrelated: ['c3'] })
    expect(await members(segment, '?provider=p')).toEqual(['c0', 'c1'])
  })

  test('more than a hundred thousand, or nobody named, is refused', async () => {
    const text = Array.from({ length: 100_001 }, (_, index) => `x${index}`).join('\n')
    expect((await many({ text, decision: 'in' })).status).toBe(400)
    expect((await many({ decision: 'in' })).status).toBe(400)
    expect((await many({ text: 'c1', customers: ['c1'], decision: 'in' })).status).toBe(400)
  })

  test('one customer is put into several segments, all or none', async () => {
    await make('French', { fact: 'language', is: 'one_of', value: ['fr'] })
    const segment = await make('Of providers', { any: [] }, 'provider')
    const put = (segments: object[]) =>
      api.call<Sum & { errors: { path: string }[] }>('post', '/customers/c1/segments', { segments })
    const refused = await put([{ id: 'german' }, { id: 'nothing' }])
    expect([refused.status, refused.body.errors[0]?.path]).toEqual([400, '/segments/1/id'])
    expect((await put([{ id: 'german' }, { id: segment }])).body.errors[0]?.path).toBe('/segments/1/provider')
    expect(await members()).toEqual(['c0', 'c2', 'c4'])
    const { body } = await put([{ id: 'german' }, { id: 'french' }, { id: segment, provider: 'p' }])
    expect(body).toEqual({ changed: 3, unchanged: 0, entered: 2, left: 0 })
    expect(await members()).toContain('c1')
  })
})
