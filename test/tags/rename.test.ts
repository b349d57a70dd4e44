/** A tag under another name: with customers, and in everything that names it; two that become one; colours. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fromJson, rows } from '../../domain/database.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { namesTag, renameTagIn } from '../../rules/tagsNamed.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'

const NOW = new Date('2026-06-15T10:00:00Z')
type Renamed = { customers: number; both: number; merges: boolean; uses: { kind: string; id: string; name: string }[] }

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  const { db } = database
  const customers = ['a', 'b', 'c', 'd'].map((id) => ({ id, first_name: id }))
  await api.call('post', '/ingest', { customers })
  const tagged = (ids: string[], add: string[]) => api.call('post', '/customers/tag', { customers: ids, add })
  await tagged(['a', 'b'], ['Yoga'])
  await tagged(['b', 'c'], ['Hot'])
  const rule = (value: string[], is = 'any_of') => ({ fact: 'tag', is, value })
  await api.call('post', '/segments', { id: 'yogis', name: 'Yogis', scope: 'business', rule: rule(['yoga', 'x']) })
  await api.call('post', '/segments', {
    ...{
      id: 'both',
      name: 'Both',
      scope: 'business',
      rule: { all: [{ not: rule(['x']) }, rule(['yoga', 'Hot'], 'all_of')] },
    },
  })
  await api.call('post', '/automations', { id: 'care', name: 'Care' })
  const definition = {
    ...{ scope: 'business', when: { on: 'tag_added', tag: 'yoga' }, again: 'each' },
    then: [{ id: 't', tag: { add: ['Yoga', 'seen'], remove: ['new'] } }],
  }
  const published = await api.call('post', '/automations/care/publish', { definition, base_version: 0 })
  expect(published.status).toBeLessThan(300)
  await addPerson(db, 'admin@x.test', 'admin')
  const asAdmin = await callAs(api, 'admin@x.test')
  await asAdmin('post', '/customer-views', {
    ...{ name: 'My yogis', definition: { search: { filter: { tag: ['YOGA'] } } } },
  })
  await db.raw('UPDATE segments SET computed_version = version')
  await refreshSegments(db, NOW)
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const rename = async (tag: string, to: string, dryRun = false) =>
  api.call<Renamed>('post', '/tags/rename', { tag, to, dry_run: dryRun })
const tagsNow = async () =>
  (await api.call<{ items: { tag: string; customers: number; colour: string | null }[] }>('get', '/tags')).body.items
const members = async (segment: string) => {
  const { body } = await api.call<{ items: { id: string }[] }>('get', `/segments/${segment}/members`)
  return body.items.map(({ id }) => id)
}
const listeners = () =>
  rows<{ about: string }>(database.db, "SELECT about FROM automation_listeners WHERE happening = 'tag_added'")
const arrivals = async () => Number((await database.db('automation_arrivals').count({ n: '*' }).first())?.n ?? 0)

const USES = [
  { kind: 'segment', id: 'both', name: 'Both' },
  { kind: 'segment', id: 'yogis', name: 'Yogis' },
  { kind: 'automation', id: 'care', name: 'Care' },
  { kind: 'view', id: expect.any(String), name: 'My yogis' },
]

test('what names it is pointed out first, and nothing is changed by asking', async () => {
  expect((await rename('yoga', 'Stretching', true)).body).toEqual({ customers: 2, both: 0, merges: false, uses: USES })
  expect((await api.call<{ items: object[] }>('get', '/tags/uses?tag=yoga')).body.items).toEqual(USES)
  expect((await tagsNow()).map(({ tag }) => tag).sort()).toEqual(['Hot', 'Yoga'])
  expect((await rename('nobody has it', 'x')).status).toBe(404)
  expect((await rename('Yoga', 'a,b')).status).toBe(400)
})

test('under another name it is the same tag: rules and automations follow, nobody moves, nothing starts', async () => {
  await api.call('put', '/tags/colour', { tag: 'Yoga', colour: 'teal' })
  const [inBefore, arrived] = [await members('yogis'), await arrivals()]
  expect((await rename('Yoga', 'Stretching')).status).toBe(200)
  expect((await tagsNow()).find(({ tag }) => tag === 'Stretching')).toEqual({
    ...{ tag: 'Stretching', customers: 2, colour: 'teal' },
  })
  await refreshSegments(database.db, NOW)
  expect(await members('yogis')).toEqual(inBefore)
  expect(inBefore).toEqual(['a', 'b'])
  expect(await members('both')).toEqual(['b'])
  expect(await listeners()).toEqual([{ about: 'Stretching' }])
  expect(await arrivals()).toBe(arrived)
  const automation = await api.call('get', '/automations/care')
  expect(automation.body).toMatchObject({
    definition: { when: { tag: 'Stretching' }, then: [{ tag: { add: ['Stretching', 'seen'], remove: ['new'] } }] },
  })
  // only the letters
  expect((await rename('stretching', 'STRETCHING')).body).toMatchObject({ merges: false, customers: 2 })
  expect((await tagsNow()).map(({ tag }) => tag).sort()).toEqual(['Hot', 'STRETCHING'])
})

test('with the name of another tag the two become one, and who had either is looked at again, without news', async () => {
  const arrived = await arrivals()
  expect((await rename('Hot', 'stretching', true)).body).toMatchObject({ customers: 2, both: 1, merges: true })
  expect((await rename('Hot', 'STRETCHING')).status).toBe(200)
  expect(await tagsNow()).toEqual([{ tag: 'STRETCHING', customers: 3, colour: 'teal' }])
  await refreshSegments(database.db, NOW)
  expect(await members('yogis')).toEqual(['a', 'b', 'c'])
  expect(await members('both')).toEqual(['a', 'b', 'c'])
  expect(await arrivals()).toBe(arrived)
  const causes = await rows<{ cause: string }>(
    database.db,
    `SELECT DISTINCT t.cause FROM segment_transitions t JOIN customers c ON c.id = t.customer_id WHERE c.external_id = 'c'`,
  )
  expect(causes).toEqual([{ cause: 'historical' }])
  const [segment] = await rows<{ rule: string }>(database.db, "SELECT rule FROM segments WHERE `key` = 'both'")
  expect(fromJson(segment?.rule ?? null)).toMatchObject({ all: [{}, { value: ['STRETCHING'] }] })
})

test('a colour that is none is refused, and it is taken away again', async () => {
  expect((await api.call('put', '/tags/colour', { tag: 'STRETCHING', colour: 'url(x)' })).status).toBe(400)
  expect((await api.call('put', '/tags/colour', { tag: 'STRETCHING', colour: null })).status).toBe(204)
  expect((await tagsNow())[0]?.colour).toBeNull()
})

test('a word is found where it is a tag, and nowhere else', () => {
  const named = { all: [{ fact: 'tag', is: 'any_of', value: ['Café'] }] }
  expect(namesTag(named, 'cafe')).toBe(true)
  for (const other of [
    { fact: 'customer_group', is: 'one_of', value: ['Café'] },
    { fact: 'tag', is: 'any_of', value: ['Cafés'] },
    { name: 'Café', text: 'Café' },
    null,
  ])
    expect([other, namesTag(other, 'cafe'), renameTagIn(other, 'cafe', 'x')]).toEqual([other, false, other])
})
