import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Explanation, Member, Preview, Segment } from '../../api/contract/segments.ts'
import { rows } from '../../domain/database.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { startApi, type TestApi } from '../support/api.ts'
import type { TestDatabase } from '../support/database.ts'
import { createDemoDatabase, DEMO_NOW as NOW } from '../support/demoDatabase.ts'

let now = NOW
let database: TestDatabase
let api: TestApi

type List<Item> = { items: Item[]; next: string | null; total: number }
type Problem = { status: number; errors: { path: string; message: string }[] }

beforeAll(async () => {
  database = await createDemoDatabase()
  api = await startApi(database.db, undefined, () => now)
}, 240_000)
afterAll(async () => {
  await api.close()
  await database.drop()
})

const segments = async () =>
  (await api.call<List<Segment & { last_days: { members: number }[] }>>('get', '/segments')).body.items
const membersOf = async (id: string, query = '') =>
  (await api.call<List<Member>>('get', `/segments/${id}/members?limit=500${query}`)).body

describe('segments over HTTP', () => {
  test('the standard segments are there in their order', async () => {
    expect((await segments()).map(({ id }) => id)).toEqual([
      'new-leads',
      'new-customers',
      'active-customers',
      'active-members',
      'terminating-members',
      'slipping-away',
      'loyalty-new',
      'loyalty-top',
      'loyalty-inactive',
      'loyalty-loyal',
      'loyalty-favourites',
    ])
  })

  test('those of the studio have members and a past', async () => {
    const all = (await segments()).filter(({ scope }) => scope === 'business')
    for (const { members, last_days, recomputing } of all) {
      expect(members).toBeGreaterThan(0)
      expect(last_days).toHaveLength(8)
      expect(last_days.at(-1)?.members).toBe(members)
      expect(recomputing).toBe(false)
    }
    expect(all.some(({ last_days }) => last_days[0]?.members !== last_days.at(-1)?.members)).toBe(true)
  })

  test('a member is named by the customer’s identifier', async () => {
    const { items } = await membersOf('terminating-members')
    expect(items.length).toBeGreaterThan(0)
    for (const { customer, id, name, since } of items) {
      expect({ customer, name, since }).toEqual({ customer: id, name: expect.any(String), since: expect.any(String) })
    }
  })

  test('a preview of each rule counts its members, and its nodes add up', async () => {
    for (const { rule, scope, members } of await segments()) {
      const { body } = await api.call<Preview>('post', '/rules/preview', { rule, scope })
      expect(body.count).toBe(members)
      expect(body.sample).toHaveLength(Math.min(10, members))
      for (const node of body.nodes) expect(node.yes + node.no).toBe(node.in)
      const asOf = await api.call<Preview>('post', '/rules/preview', { rule, scope, as_of: NOW.toISOString() })
      expect(asOf.body.nodes).toEqual(body.nodes)
    }
  })

  test('who is at a node is who was counted there, page by page', async () => {
    const rule = {
      all: [
        { fact: 'gender', is: 'one_of', value: ['female'] },
        {
          any: [
            { fact: 'membership', is: 'valid' },
            { fact: 'booking_count', is: '>=', value: 20 },
          ],
        },
      ],
    }
    const { body: counted } = await api.call<Preview>('post', '/rules/preview', { rule })
    for (const { path, ...counts } of counted.nodes) {
      for (const side of ['in', 'yes', 'no'] as const) {
        const ids: string[] = []
        let cursor: string | null = null
        do {
          const page: { body: List<{ id: string }> } = await api.call('post', '/rules/customers', {
            rule,
            path,
            side,
            limit: 500,
            ...(cursor === null ? {} : { cursor }),
          })
          ids.push(...page.body.items.map(({ id }) => id))
          cursor = page.body.next
        } while (cursor !== null)
        expect({ path, side, count: new Set(ids).size }).toEqual({ path, side, count: counts[side] })
        expect(ids).toHaveLength(counts[side])
      }
    }
  })

  test('a pointer to nothing and a cursor of somebody else are refused', async () => {
    const rule = { all: [] }
    for (const [wrong, path] of [
      [{ path: '/any/0' }, '/path'],
      [{ path: '', cursor: 'x' }, '/cursor'],
    ] as const) {
      const { status, body } = await api.call<Problem>('post', '/rules/customers', { rule, side: 'in', ...wrong })
      expect(status).toBe(400)
      expect(body.errors.map((error) => error.path)).toEqual([path])
    }
  })

  test('an estimate of a business that is small counts everybody', async () => {
    const rule = { fact: 'gender', is: 'one_of', value: ['female'] }
    const { body: exact } = await api.call<Preview>('post', '/rules/preview', { rule })
    const { body: sampled } = await api.call<Preview>('post', '/rules/preview', { rule, sampled: true })
    expect(sampled).toMatchObject({ count: exact.count, nodes: exact.nodes, estimated: false })
  })

  test('under all a node sees those whom the ones before let through; under any and not all who arrive', async () => {
    const female = { fact: 'gender', is: 'one_of', value: ['female'] }
    const booked = { fact: 'booking_count', is: '>=', value: 5 }
    const rule = { all: [female, { any: [booked, { not: booked }] }, { not: booked }] }
    const { body } = await api.call<Preview>('post', '/rules/preview', { rule })
    const at = new Map(body.nodes.map((node) => [node.path, node]))
    expect([...at.keys()]).toEqual([
      '',
      '/all/0',
      '/all/1',
      '/all/1/any/0',
      '/all/1/any/1',
      '/all/1/any/1/not',
      '/all/2',
      '/all/2/not',
    ])
    expect(at.get('/all/0')?.in).toBe(at.get('')?.in)
    for (const path of ['/all/1', '/all/1/any/0', '/all/1/any/1', '/all/1/any/1/not', '/all/2', '/all/2/not']) {
      expect(at.get(path)?.in).toBe(at.get('/all/0')?.yes)
    }
    expect(at.get('/all/2')?.yes).toBe(at.get('/all/2/not')?.no)
    expect(body.count).toBe(at.get('/all/2')?.yes)
  })

  test('a bad rule is refused with the path and what is allowed there', async () => {
    const rule = {
      all: [
        { fact: 'frist_booking', is: 'set' },
        { fact: 'gender', is: 'one_off', value: ['female'] },
      ],
    }
    const { status, body } = await api.call<Problem>('post', '/rules/preview', { rule })
    expect(status).toBe(400)
    expect(body.errors.map(({ path }) => path)).toEqual(['/rule/all/0/fact', '/rule/all/1/is'])
    expect(body.errors[0]?.message).toContain('Did you mean “first_booking”?')
    expect(body.errors[1]?.message).toContain('Did you mean “one_of”?')
  })

  test('filters narrow the members as their facets said', async () => {
    const facets = (
      await api.call<{
        total: number
        gender: { value: string; count: number }[]
        bookings: { min: number; max: number | null; count: number }[]
      }>('get', '/segments/active-customers/facets')
    ).body
    const { total } = await membersOf('active-customers')
    expect(facets.total).toBe(total)
    for (const { value, count } of facets.gender) {
      if (value !== null) expect((await membersOf('active-customers', `&gender=${value}`)).total).toBe(count)
    }
    for (const { min, max, count } of facets.bookings) {
      const range = `&bookings_min=${min}${max === null ? '' : `&bookings_max=${max}`}`
      expect((await membersOf('active-customers', range)).total).toBe(count)
    }
  })

  test('an explanation names the records that decide each condition', async () => {
    const { items } = await membersOf('terminating-members')
    const id = items[0]?.id ?? ''
    const { body } = await api.call<Explanation>('get', `/segments/terminating-members/explain?customer=${id}`)
    const stored = await rows<{ external_id: string }>(
      database.db,
      'SELECT m.external_id FROM memberships m JOIN customers c ON c.id = m.customer_id WHERE c.external_id = ?',
      [id],
    )
    const cancelled = body.nodes.find(({ path }) => path === '/all/0')
    expect(cancelled?.records.length).toBeGreaterThan(0)
    for (const record of cancelled?.records ?? []) {
      expect(record).toMatchObject({ kind: 'membership', at: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
      expect(stored.map(({ external_id }) => external_id)).toContain(record.id)
    }
  })

  test('who is explained as a member is one, and leaves at the promised instant', async () => {
    const inside = new Set((await membersOf('active-customers')).items.map(({ id }) => id))
    const { items } = (await api.call<List<Member>>('get', '/customers?limit=40')).body
    for (const { id } of items) {
      const { body } = await api.call<Explanation>('get', `/segments/active-customers/explain?customer=${id}`)
      expect(body.member).toBe(inside.has(id))
      expect(body.nodes[0]?.holds).toBe(body.member)
    }
    const promised = (await membersOf('new-leads')).items.filter(({ leaves_at }) => leaves_at !== undefined)
    expect(promised.length).toBeGreaterThan(0)
    for (const { id, leaves_at } of promised.slice(0, 10)) {
      const { body } = await api.call<Explanation>('get', `/segments/new-leads/explain?customer=${id}`)
      expect(body.until).toBe(leaves_at)
    }
    // one for each instant: those who share a class leave together
    const earliest = new Map(promised.map((member) => [String(member.leaves_at), member]))
    for (const [leaves_at, { id }] of [...earliest].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, 5)) {
      const [key, at] = [id, new Date(leaves_at)]
      await refreshSegments(database.db, new Date(at.getTime() - 1))
      expect(await isMember('new-leads', key)).toBe(true)
      await refreshSegments(database.db, at)
      expect(await isMember('new-leads', key)).toBe(false)
      now = at
    }
  }, 60_000)

  test('a new segment is computed when its workflow runs, changed by a new version, and deleted', async () => {
    const rule = {
      all: [
        { fact: 'gender', is: 'one_of', value: ['female'] },
        { fact: 'booking_count', is: '>', value: 10 },
      ],
    }
    const made = await api.call<Segment>('post', '/segments', { name: 'Très fidèles', rule })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({ id: 'tres-fideles', members: 0, recomputing: true, version: 1 })
    const enqueued = "SELECT workflow_id, args FROM workflow_outbox WHERE workflow_type = 'recompute'"
    expect(await rows(database.db, enqueued)).toEqual([
      { workflow_id: 'recompute-tres-fideles-v1', args: expect.stringMatching(/\["tres-fideles", ?1\]/) },
    ])
    await recomputeSegment(database.db, 'tres-fideles', now)
    const computed = (await api.call<Segment>('get', '/segments/tres-fideles')).body
    expect(computed.recomputing).toBe(false)
    expect(computed.members).toBe((await api.call<Preview>('post', '/rules/preview', { rule })).body.count)

    const wider = { fact: 'booking_count', is: '>', value: 10 }
    const changed = await api.call<Segment>('patch', '/segments/tres-fideles', { rule: wider, name: 'Fidèles' })
    expect(changed.body).toMatchObject({ name: 'Fidèles', version: 2, recomputing: true, members: computed.members })
    // until the new members are complete, a refresh goes on with the old rule
    await refreshSegments(database.db, now)
    await recomputeSegment(database.db, 'tres-fideles', now)
    const after = (await api.call<Segment>('get', '/segments/tres-fideles')).body
    expect(after.members).toBeGreaterThan(computed.members)
    const { items } = (
      await api.call<List<{ entered: boolean; cause: string }>>('get', '/segments/tres-fideles/transitions?limit=500')
    ).body
    expect(new Set(items.map(({ cause }) => cause))).toEqual(new Set(['initial', 'rule_change']))

    expect((await api.call('delete', '/segments/tres-fideles')).status).toBe(204)
    expect((await api.call('get', '/segments/tres-fideles')).status).toBe(404)
    expect((await api.call('delete', '/segments/new-leads')).status).toBe(409)
  })

  test('the catalogue offers every fact with the values that exist', async () => {
    const { body } = await api.call<{
      facts: { fact: string; operators: { is: string; choices?: { value: string }[] }[] }[]
    }>('get', '/rules/catalogue')
    expect(body.facts.map(({ fact }) => fact)).toContain('membership')
    const group = body.facts.find(({ fact }) => fact === 'customer_group')
    expect(group?.operators[0]?.choices?.length).toBeGreaterThan(0)
  })
})

async function isMember(segment: string, customer: string): Promise<boolean> {
  const found = await rows(
    database.db,
    `SELECT 1 FROM segment_members m JOIN segments s ON s.id = m.segment_id JOIN customers c ON c.id = m.customer_id
     WHERE s.\`key\` = ? AND c.external_id = ?`,
    [segment, customer],
  )
  return found.length > 0
}
