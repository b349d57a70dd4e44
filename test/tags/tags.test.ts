import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { CustomerSummary } from '../../api/contract/customers.ts'
import { rows } from '../../domain/database.ts'
import { tagCustomers } from '../../domain/tags/tagCustomers.ts'
import { undoTagging } from '../../domain/tags/undoTagging.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { frozenCampaign } from '../support/sending.ts'

const NOW = new Date('2026-06-15T10:00:00Z')
type List = { items: CustomerSummary[]; total: number }
type Tagged = { customers: number; changed: number; unknown: string[]; tagging: string | null }

let database: TestDatabase
let api: TestApi
beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => NOW)
  await api.call('post', '/ingest', {
    customers: Array.from({ length: 8 }, (_, index) => ({
      id: `c${index}`,
      first_name: `Name${index}`,
      email: `c${index}@mail.test`,
      gender: index % 2 === 0 ? 'female' : 'male',
      consents: { email: true },
    })),
  })
})
afterAll(async () => {
  await api?.close()
  await database?.drop()
})

const tag = (body: object) => api.call<Tagged>('post', '/customers/tag', body)
const idsOf = async (query: string) =>
  (await api.call<List>('get', `/customers?${query}`)).body.items.map(({ id }) => id).sort()
const tagsOf = async (id: string) => (await api.call<CustomerSummary>('get', `/customers/${id}`)).body.tags

/** Who has what, as the database says it: `c1 yoga`. */
async function standing(): Promise<string[]> {
  const found = await rows<{ line: string }>(
    database.db,
    `SELECT CONCAT(c.external_id, ' ', LOWER(x.tag)) AS line FROM customer_tags x
     JOIN customers c ON c.id = x.customer_id ORDER BY line`,
  )
  return found.map(({ line }) => line)
}

const people = fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1 })
const words = fc.uniqueArray(fc.constantFrom('yoga', 'Yoga', 'vip', 'spä', 'spa', 'b c'), { maxLength: 3 })
/** The database takes letters with and without case and accents for the same. */
const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

test('random acts change what they say, and each is taken back to the letter', async () => {
  const { db } = database
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ people, add: words, remove: words, undo: fc.boolean() }), { maxLength: 8 }),
      async (acts) => {
        await db('customer_tags').delete()
        const has = new Map<string, Set<string>>()
        for (const { people, add, remove, undo } of acts) {
          const before = new Map([...has].map(([id, own]) => [id, new Set(own)]))
          let changed = 0
          for (const person of people) {
            const own = has.get(`c${person}`) ?? new Set<string>()
            const next = new Set(own)
            for (const word of remove) if (!add.map(folded).includes(folded(word))) next.delete(folded(word))
            for (const word of add) next.add(folded(word))
            if ([...next].sort().join() !== [...own].sort().join()) changed++
            has.set(`c${person}`, next)
          }
          const whom = { customers: people.map((person) => `c${person}`) }
          const tried = await tagCustomers(db, whom, { add, remove }, { by: 'me', dryRun: true }, NOW)
          const done = await tagCustomers(db, whom, { add, remove }, { by: 'me' }, NOW)
          expect([tried.changed, done.changed, done.tagging !== null]).toEqual([changed, changed, changed > 0])
          if (undo && done.tagging !== null) {
            expect(await undoTagging(db, done.tagging, NOW)).toBe(changed)
            expect(await undoTagging(db, done.tagging, NOW)).toBe(0)
            has.clear()
            for (const [id, own] of before) has.set(id, own)
          }
          const expected = [...has].flatMap(([id, own]) => [...own].map((word) => `${id} ${word}`))
          expect((await standing()).map(folded)).toEqual(expected.sort())
        }
      },
    ),
    { numRuns: 40 },
  )
  await db('customer_tags').delete()
})

describe('whom it is about', () => {
  test('all whom a search finds, and then all who have the tag', async () => {
    const { body } = await tag({ search: { filter: { gender: ['female'] } }, add: ['even'] })
    expect(body).toMatchObject({ customers: 4, changed: 4, unknown: [] })
    expect(await idsOf('tag=even')).toEqual(['c0', 'c2', 'c4', 'c6'])
    await tag({ search: { filter: { tag: ['even'] } }, add: ['both'], remove: ['even'] })
    expect(await idsOf('tag=even')).toEqual([])
    expect(await idsOf('tag=both,even')).toHaveLength(4)
  })

  test('all who clicked in a campaign', async () => {
    const { db } = database
    const campaign = await frozenCampaign(db, { customers: ['c1', 'c2', 'c3'] }, NOW)
    await db.raw(
      `UPDATE deliveries d JOIN customers c ON c.id = d.customer_id SET d.state = 'delivered', d.clicked_at = ?
       WHERE d.campaign_id = ? AND c.external_id <> 'c2'`,
      [NOW, campaign],
    )
    const deliveries = { campaign: [String(campaign)], reaction: ['clicked'] }
    expect((await tag({ deliveries, add: ['clicked'], dry_run: true })).body).toMatchObject({
      ...{ customers: 2, changed: 2, tagging: null },
    })
    expect(await idsOf('tag=clicked')).toEqual([])
    expect((await tag({ deliveries, add: ['clicked'] })).body).toMatchObject({ customers: 2, changed: 2 })
    expect(await idsOf('tag=clicked')).toEqual(['c1', 'c3'])
  })

  test.each([
    [{ add: ['x'] }, ''],
    [{ customers: ['c1'], search: {}, add: ['x'] }, ''],
    [{ customers: ['nobody'], add: ['x'] }, '/customers'],
    [{ deliveries: { campaign: ['999'] }, add: ['x'] }, '/deliveries'],
    [{ deliveries: { provider: ['nobody'] }, add: ['x'] }, '/deliveries/provider'],
    [{ search: { segment: 'nope' }, add: ['x'] }, '/search/segment'],
    [{ customers: ['c1'], add: ['a,b'] }, '/add/0'],
    [{ customers: ['c1'], add: [' \u200b '] }, '/add/0'],
    [{ customers: ['c1'], add: ['x'.repeat(101)] }, '/add/0'],
    [{ customers: ['c1'], add: Array.from({ length: 51 }, (_, index) => `t${index}`) }, '/add'],
    [{ customers: ['c1'], remove: [7] }, '/remove/0'],
  ])('%j is refused at its place', async (body, path) => {
    const before = await standing()
    expect(await tag(body)).toMatchObject({ status: 400, body: { errors: [{ path }] } })
    expect(await standing()).toEqual(before)
  })
})

test('a tag is kept in one form', async () => {
  await tag({ customers: ['c7'], add: ['  Cafe\u0301\u200b  noir\n', '\ud800x'] })
  expect(await tagsOf('c7')).toEqual(['\ufffdx', 'Café noir'])
  await tag({ customers: ['c7'], remove: ['café NOIR', '\ufffdx'] })
  expect(await tagsOf('c7')).toEqual([])
})

test('the tags that there are, with their numbers', async () => {
  await database.db('customer_tags').delete()
  await tag({ customers: ['c1', 'c2'], add: ['50 %', 'vip'] })
  await tag({ customers: ['c3'], add: ['vip'] })
  const list = async (query: string) => (await api.call('get', `/tags${query}`)).body
  expect(await list('')).toEqual({
    items: [
      { tag: 'vip', customers: 3, colour: null },
      { tag: '50 %', customers: 2, colour: null },
    ],
    next: null,
  })
  expect(await list('?text=VI')).toMatchObject({ items: [{ tag: 'vip' }] })
  expect(await list('?text=%25')).toMatchObject({ items: [{ tag: '50 %' }] })
  expect(await list('?limit=1')).toMatchObject({ items: [{ tag: 'vip' }] })
})

describe('taking back', () => {
  test('leaves what others did meanwhile, marks those concerned, and wakes the upkeep', async () => {
    await database.db('customer_tags').delete()
    const mine = (await tag({ customers: ['c1', 'c2', 'c3'], add: ['new'] })).body
    await tag({ customers: ['c2'], remove: ['new'] })
    await tag({ customers: ['c2'], add: ['new'] })
    await database.db('dirty_relationships').delete()
    api.asked.length = 0
    const reply = await api.call('delete', `/taggings/${mine.tagging}`)
    expect(reply).toMatchObject({ status: 200, body: { customers: 2 } })
    expect(await standing()).toEqual(['c2 new'])
    expect(api.asked).toEqual([['wakeSegments']])
    expect(await database.db('dirty_relationships').countDistinct('customer_id as count')).toEqual([{ count: 2 }])
  })

  test('what was put on and taken off stays in the past', async () => {
    await database.db('customer_tags_history').delete()
    await database.db('customer_tags').delete()
    const { db } = database
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
    const one = await tagCustomers(db, { customers: ['c1'] }, { add: ['once'], remove: [] }, { by: null }, at(0))
    await undoTagging(db, one.tagging ?? 0, at(5))
    const kept = await rows(db, 'SELECT tag, known_from, known_to FROM customer_tags_history')
    expect(kept).toEqual([{ tag: 'once', known_from: at(0), known_to: at(5) }])
  })

  test('is not possible for ever, nor for what never was', async () => {
    const { tagging } = (await tag({ customers: ['c1'], add: ['old'] })).body
    await database.db('taggings').update({ tagged_at: new Date(NOW.getTime() - 8 * 86_400_000) })
    await tag({ customers: ['c1'], add: ['newer'] })
    expect((await api.call('delete', `/taggings/${tagging}`)).status).toBe(404)
    expect((await api.call('delete', '/taggings/999999')).status).toBe(404)
    expect((await api.call('delete', '/taggings/x')).status).toBe(400)
    expect(await tagsOf('c1')).toContain('old')
  })
})

test('twenty acts at once on the same customers: each tag is there once, and each act stands', async () => {
  await database.db('customer_tags').delete()
  const customers = Array.from({ length: 8 }, (_, index) => `c${index}`)
  const acts = Array.from({ length: 20 }, (_, index) =>
    tag({ customers, add: [`t${index % 4}`], remove: [`t${(index + 1) % 4}`] }),
  )
  expect((await Promise.all(acts)).map(({ status }) => status)).toEqual(Array(20).fill(200))
  expect(new Set(await standing()).size).toBe((await standing()).length)
})
