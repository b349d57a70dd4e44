import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Segment } from '../../api/contract/segments.ts'
import type { Comparison, Draft, Version } from '../../api/contract/segmentVersions.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const NOW = new Date('2026-06-10T10:00:00.000Z')
const female = { fact: 'gender', is: 'one_of', value: ['female'] }
const german = { fact: 'language', is: 'one_of', value: ['de'] }

let now = NOW
let database: TestDatabase
/** Two people: each has a key of their own. */
let anna: TestApi
let bert: TestApi

type Refusal = {
  status: number
  detail: string
  errors?: { path: string }[]
  draft?: Draft | null
  published?: Version
}

beforeAll(async () => {
  database = await createTestDatabase()
  anna = await startApi(database.db, undefined, () => now, { apiKey: 'key-of-anna-0123456789' })
  bert = await startApi(database.db, undefined, () => now, { apiKey: 'key-of-bert-0123456789' })
  // women: c0, c2, c4; speakers of German: c0, c3
  const customers = [0, 1, 2, 3, 4, 5].map((index) => ({
    id: `c${index}`,
    first_name: `Name${index}`,
    gender: index % 2 === 0 ? 'female' : 'male',
    language: index % 3 === 0 ? 'de' : 'fr',
  }))
  await anna.call('post', '/ingest', { customers })
  await refreshSegments(database.db, now)
})
afterAll(async () => {
  await anna.close()
  await bert.close()
  await database.drop()
})

let number = 0
let id: string
beforeEach(async () => {
  number += 1
  now = new Date(NOW.getTime() + number * 3_600_000)
  id = (await anna.call<Segment>('post', '/segments', { name: `Rule ${number}`, rule: female })).body.id
  await recomputeSegment(database.db, id, now)
})

const later = () => {
  now = new Date(now.getTime() + 60_000)
}
const keep = (who: TestApi, rule: unknown, revision: number | null, base = 1) =>
  who.call<Draft & Refusal>('put', `/segments/${id}/draft`, { rule, base_version: base, revision })
const versions = async () => (await anna.call<{ items: Version[] }>('get', `/segments/${id}/versions`)).body.items

describe('drafts', () => {
  test('a draft may hold mistakes, is kept as it came, and is nobody’s rule', async () => {
    expect((await anna.call('get', `/segments/${id}/draft`)).status).toBe(404)
    const wrong = { all: [{ fact: 'gendre', is: 'one_of', value: [] }, { not: {} }] }
    const { status, body } = await keep(anna, wrong, null)
    expect({ status, rule: body.rule, base: body.base_version }).toEqual({ status: 200, rule: wrong, base: 1 })
    expect((await anna.call<Draft>('get', `/segments/${id}/draft`)).body).toEqual(body)
    const segment = (await anna.call<Segment>('get', `/segments/${id}`)).body
    expect(segment.rule).toEqual(female)
    expect(segment.draft).toMatchObject({ base_version: 1, revision: body.revision, updated_by: body.updated_by })
    const refused = await anna.call<Refusal>('post', `/segments/${id}/publish`, { revision: body.revision })
    expect(refused.status).toBe(400)
    expect(refused.body.errors?.map(({ path }) => path)).toContain('/rule/all/0/fact')
    expect((await versions()).length).toBe(1)
  })

  test('a draft that is as deep as a rule may be is kept and published', async () => {
    const deep = Array.from({ length: 19 }).reduce<object>((rule) => ({ all: [rule] }), female)
    const { body } = await keep(anna, deep, null)
    const published = await anna.call<Segment>('post', `/segments/${id}/publish`, { revision: body.revision })
    expect(published).toMatchObject({ status: 200, body: { version: 2, rule: deep } })
  })

  test('the second of two who draft is told who kept what, and can take it or keep his own', async () => {
    const first = await keep(anna, german, null)
    later()
    const refused = await keep(bert, { any: [] }, null)
    expect(refused.status).toBe(409)
    expect(refused.body.draft).toEqual(first.body)
    expect(refused.body.detail).toContain(first.body.updated_by)
    const own = await keep(bert, { any: [] }, first.body.revision)
    expect(own.status).toBe(200)
    expect(own.body.revision).toBeGreaterThan(first.body.revision)
    const late = await keep(anna, female, first.body.revision)
    expect(late).toMatchObject({ status: 409, body: { draft: { rule: { any: [] } } } })
  })

  test('a draft thrown away and begun anew is another one', async () => {
    const first = await keep(anna, german, null)
    expect((await bert.call('delete', `/segments/${id}/draft?revision=1`)).status).toBe(409)
    expect((await bert.call('delete', `/segments/${id}/draft?revision=${first.body.revision}`)).status).toBe(204)
    expect(await keep(anna, german, first.body.revision)).toMatchObject({ status: 409, body: { draft: null } })
    later()
    await keep(bert, { any: [] }, null)
    expect((await keep(anna, german, first.body.revision)).status).toBe(409)
  })

  test('a version that never was cannot be the base of a draft', async () => {
    expect(await keep(anna, german, null, 7)).toMatchObject({
      status: 400,
      body: { errors: [{ path: '/base_version' }] },
    })
  })
})

describe('publishing', () => {
  test('makes a version with a note, says what it did, and is done with the draft', async () => {
    const draft = (await keep(anna, german, null)).body
    later()
    const { body } = await bert.call<Segment>('post', `/segments/${id}/publish`, {
      revision: draft.revision,
      note: 'Those who can read it',
    })
    expect(body).toMatchObject({ version: 2, recomputing: true, draft: null, members: 3 })
    expect(await versions()).toMatchObject([
      { version: 2, computed_at: null, entered: null, left: null },
      { version: 1 },
    ])
    await recomputeSegment(database.db, id, now)
    expect(await versions()).toMatchObject([
      { version: 2, note: 'Those who can read it', rule: german, entered: 1, left: 2, restored_from: null },
      { version: 1, note: '', rule: female, entered: 3, left: 0 },
    ])
  })

  test('a later recalculation by the same rule is no doing of its version', async () => {
    const before = (await versions())[0]
    later()
    await anna.call('post', '/ingest', { customers: [{ id: 'new', gender: 'female', language: 'fr' }] })
    await recomputeSegment(database.db, id, now)
    expect((await versions())[0]).toEqual(before)
    await anna.call('post', '/ingest', { customers: [{ id: 'new', deleted: true }] })
    await refreshSegments(database.db, now)
  })

  test('is refused when another version was published since, with who and when', async () => {
    const body = { rule: german, base_version: 1 }
    expect((await anna.call('post', `/segments/${id}/publish`, body)).status).toBe(200)
    later()
    const refused = await bert.call<Refusal>('post', `/segments/${id}/publish`, { rule: { any: [] }, base_version: 1 })
    expect(refused.status).toBe(409)
    expect(refused.body.published).toMatchObject({ version: 2, by: 'API key PERENNIAL_API_KEY' })
    const again = await bert.call<Segment>('post', `/segments/${id}/publish`, { rule: { any: [] }, base_version: 2 })
    expect(again.body.version).toBe(3)
  })

  test('of several who publish at once one does', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        anna.call('post', `/segments/${id}/publish`, {
          rule: { fact: 'booking_count', is: '>=', value: index + 1 },
          base_version: 1,
        }),
      ),
    )
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)])
    expect((await versions()).map(({ version }) => version)).toEqual([2, 1])
  })

  test('the rule that is published already makes no version', async () => {
    const { body } = await anna.call<Segment>('post', `/segments/${id}/publish`, { rule: female, base_version: 1 })
    expect(body).toMatchObject({ version: 1, recomputing: false })
  })

  test.each([[{}], [{ rule: female }], [{ rule: female, base_version: 1, revision: 3 }]])(
    '%j says too little or too much',
    async (body) => {
      expect((await anna.call('post', `/segments/${id}/publish`, body)).status).toBe(400)
    },
  )

  test('an earlier version is taken up again as a new one', async () => {
    await anna.call('post', `/segments/${id}/publish`, { rule: german, base_version: 1 })
    await recomputeSegment(database.db, id, now)
    later()
    const path = `/segments/${id}/versions/1/restore`
    expect((await anna.call('post', path, { base_version: 1 })).status).toBe(409)
    const { body } = await anna.call<Segment>('post', path, { base_version: 2, note: 'Back' })
    expect(body).toMatchObject({ version: 3, rule: female })
    await recomputeSegment(database.db, id, now)
    expect((await versions())[0]).toMatchObject({ restored_from: 1, note: 'Back', entered: 2, left: 1 })
    expect((await anna.call('post', `/segments/${id}/versions/3/restore`)).status).toBe(409)
    expect((await anna.call('post', `/segments/${id}/versions/9/restore`)).status).toBe(404)
  })

  test('the list goes on by its cursor', async () => {
    for (const base of [1, 2, 3]) {
      const rule = { fact: 'booking_count', is: '>=', value: base }
      await anna.call('post', `/segments/${id}/publish`, { rule, base_version: base })
    }
    const page = (cursor = '') =>
      anna.call<{ items: Version[]; next: string | null }>('get', `/segments/${id}/versions?limit=2${cursor}`)
    const first = (await page()).body
    expect(first.items.map(({ version }) => version)).toEqual([4, 3])
    const second = (await page(`&cursor=${first.next}`)).body
    expect([second.items.map(({ version }) => version), second.next]).toEqual([[2, 1], null])
  })
})

describe('comparing two rules', () => {
  const compare = (more: object = {}) =>
    anna.call<Comparison & Refusal>('post', '/rules/compare', { before: female, after: german, ...more })

  test('says who would enter, leave and stay, and what changed', async () => {
    const { body } = await compare({ segment: id })
    expect(body).toMatchObject({ entered: 1, left: 2, stay: 1, asked_by: [] })
    expect(body.sample.entered.map((one) => one.id)).toEqual(['c3'])
    expect(body.sample.left.map((one) => one.id)).toEqual(['c2', 'c4'])
    expect(body.sample.stay.map((one) => one.id)).toEqual(['c0'])
    expect(body.changes.length).toBeGreaterThan(0)
    expect((await compare({ after: female })).body.changes).toEqual([])
  })

  test('what it promises is what publishing does, for those decided about by hand as well', async () => {
    await anna.call('put', `/segments/${id}/members/c2`)
    await anna.call('delete', `/segments/${id}/members/c3`)
    const { body } = await compare({ segment: id })
    expect(body).toMatchObject({ entered: 0, left: 1, stay: 2 })
    await anna.call('post', `/segments/${id}/publish`, { rule: german, base_version: 1 })
    later()
    await recomputeSegment(database.db, id, now)
    expect((await versions())[0]).toMatchObject({ entered: 0, left: 1 })
  })

  test('lists the customers part by part', async () => {
    const ids: string[] = []
    let cursor: string | null | undefined
    while (cursor !== null) {
      const { body } = await anna.call<{ items: { id: string }[]; next: string | null }>(
        'post',
        '/rules/compare/customers',
        { before: female, after: german, move: 'left', limit: 1, ...(cursor === undefined ? {} : { cursor }) },
      )
      ids.push(...body.items.map((one) => one.id))
      cursor = body.next
    }
    expect(ids).toEqual(['c2', 'c4'])
  })

  test('names the segments that ask for it', async () => {
    const rule = { fact: 'segment', is: 'in', value: id }
    const { body } = await anna.call<Segment>('post', '/segments', { name: `Asks ${number}`, rule })
    expect((await compare({ segment: id })).body.asked_by).toEqual([{ id: body.id, name: `Asks ${number}` }])
  })

  test('a provider is refused where the whole business is asked about', async () => {
    const { status, body } = await compare({ provider: 'p1' })
    expect([status, body.errors?.[0]?.path]).toEqual([400, '/provider'])
  })

  test('a wrong rule is refused where it stands', async () => {
    const { status, body } = await compare({ after: { fact: 'gendre', is: 'set' } })
    expect([status, body.errors?.[0]?.path]).toEqual([400, '/after/fact'])
  })
})
