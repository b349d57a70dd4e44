import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CustomerProfile } from '../../api/contract/customers.ts'
import type { StatusAutomation, StatusPreview, StatusRule, StatusVersion } from '../../api/contract/statusAutomation.ts'
import type { TimelineEntry } from '../../api/contract/timeline.ts'
import { rows } from '../../domain/database.ts'
import { recomputeSegment } from '../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../domain/segments/refreshSegments.ts'
import { installStatusAutomation } from '../../domain/statuses/installStatusAutomation.ts'
import { recomputeStatuses } from '../../domain/statuses/recomputeStatuses.ts'
import { send } from '../ingest/support.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { addPerson, callAs } from '../support/people.ts'

let database: TestDatabase
let api: TestApi
let now = new Date('2026-11-20T12:00:00Z')
const later = () => {
  now = new Date(now.getTime() + 60_000)
  return now
}

beforeAll(async () => {
  database = await createTestDatabase()
  api = await startApi(database.db, undefined, () => now)
  await installStatusAutomation(database.db, now)
  await send(
    database.db,
    {
      customers: ['came', 'paid', 'both', 'new', 'held'].map((id) => ({ id, first_name: id })),
      bookings: ['came', 'both'].map((customer) => ({
        id: `b-${customer}`,
        customer,
        starts_at: '2026-11-19T10:00:00Z',
        state: 'attended',
        service: 'Yoga',
      })),
      payments: ['paid', 'both'].map((customer) => ({
        id: `p-${customer}`,
        customer,
        amount: 1900,
        paid_at: '2026-11-19T11:00:00Z',
      })),
    },
    now,
  )
  await refreshSegments(database.db, later())
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const read = async () => (await api.call<StatusAutomation>('get', '/status-automation')).body
const switched = (rules: readonly StatusRule[], off: readonly string[]) =>
  rules.map((rule) => ({ ...rule, enabled: !off.includes(rule.id) }))
const save = async (body: object) => {
  const answer = await api.call<StatusAutomation>('put', '/status-automation', body)
  expect(answer.status).toBe(200)
  await recomputeStatuses(database.db, later())
  return read()
}
const vip: StatusRule = {
  id: 'vip',
  enabled: true,
  from: 'customer',
  to: 'vip',
  rule: {
    all: [
      { fact: 'payment_count', is: '>=', value: 1 },
      { fact: 'tag', is: 'any_of', value: ['golden'] },
    ],
  },
}

test('what ships, with how many there are of each', async () => {
  expect(await read()).toMatchObject({
    enabled: true,
    version: 1,
    computing: null,
    customers: { lead: 2, customer: 3, vip: 0 },
    by_hand: { lead: 0, customer: 0, vip: 0 },
    rules: [
      { id: 'appointment-attended', from: 'lead', to: 'customer', enabled: true },
      { id: 'event-attended' },
      { id: 'payment-made' },
      { id: 'message-exchanged' },
    ],
  })
})

test('a preview says who would change, and saving it changes just them', async () => {
  const { rules, version } = await read()
  const off = switched(rules, ['payment-made'])
  const preview = (body: object) => api.call<StatusPreview>('post', '/status-automation/preview', body)
  const { body: seen } = await preview({ enabled: true, rules: off })
  expect(seen.changes).toEqual([])
  expect(seen.anew).toEqual([{ from: 'customer', to: 'lead', customers: 1 }])
  expect(seen.rules).toEqual([
    { id: 'appointment-attended', matches: 2, alone: 2 },
    { id: 'event-attended', matches: 0, alone: 0 },
    { id: 'payment-made', matches: 2, alone: 1 },
    { id: 'message-exchanged', matches: 0, alone: 0 },
  ])
  const asked = { enabled: true, rules: off, anew: true, from: 'customer', to: 'lead' }
  const who = await api.call<{ items: { id: string }[] }>('post', '/status-automation/customers', asked)
  expect(who.body.items).toEqual([{ id: 'paid', name: 'paid' }])
  expect(await save({ enabled: true, rules: off, anew: true, version })).toMatchObject({
    version: version + 1,
    customers: { lead: 3, customer: 2 },
  })
  expect(api.asked).toContainEqual(['dispatchOutbox'])
  const stale = await api.call('put', '/status-automation', { enabled: true, rules, version })
  expect(stale).toMatchObject({ status: 409, body: { errors: [{ path: '/version' }] } })
  expect((await save({ enabled: true, rules })).customers).toEqual({ lead: 2, customer: 3, vip: 0 })
  expect((await save({ enabled: true, rules })).version).toBe(version + 2)

  type Versions = { items: StatusVersion[]; next: string | null }
  const { body: first } = await api.call<Versions>('get', '/status-automation/versions?limit=2')
  expect(first.items).toMatchObject([
    { version: version + 2, anew: false, rules },
    { version: version + 1, anew: true, rules: off },
  ])
  const { body: rest } = await api.call<Versions>('get', `/status-automation/versions?cursor=${first.next}`)
  expect(rest.items.at(-1)).toMatchObject({ version: 1, created_by: null })
  expect(rest.next).toBe(null)
})

test('by hand outranks: a preview leaves it out, the profile says by whom, and it is taken back', async () => {
  const set = await api.call('post', '/customers/status', { customers: ['held', 'paid', 'nobody'], status: 'lead' })
  expect(set.body).toMatchObject({ customers: 2, changed: 2, unknown: ['nobody'] })
  await send(
    database.db,
    { payments: [{ id: 'p-held', customer: 'held', amount: 100, paid_at: now.toISOString() }] },
    now,
  )
  await refreshSegments(database.db, later())
  const profile = (await api.call<CustomerProfile>('get', '/customers/held')).body
  expect(profile).toMatchObject({ status: 'lead', automatic_status: 'customer', status_change: null })
  expect(profile.status_set).toMatchObject({ by: expect.stringContaining('API key'), automation: null })
  const { rules } = await read()
  const { body } = await api.call<StatusPreview>('post', '/status-automation/preview', { enabled: true, rules })
  expect([body.changes, body.anew]).toEqual([[], []])
  const undone = await api.call('delete', `/status-acts/${set.body.act}`)
  expect(undone.body).toEqual({ customers: 2 })
  expect((await api.call('get', '/customers/held')).body).toMatchObject({ status: 'customer', status_set: null })
  expect((await api.call('delete', '/status-acts/999999')).status).toBe(404)
})

test('all whom a search finds are set at once; who is meant twice or not at all is refused', async () => {
  const body = { search: { status: ['customer'] }, status: 'vip' }
  const tried = await api.call('post', '/customers/status', { ...body, dry_run: true })
  const set = await api.call('post', '/customers/status', body)
  expect(tried.body).toMatchObject({ customers: 4, changed: 4, act: null })
  expect(set.body).toMatchObject({ customers: 4, changed: 4 })
  expect((await read()).by_hand.vip).toBe(4)
  await api.call('post', '/customers/status', { search: { status: ['vip'] }, status: 'automatic' })
  expect((await read()).customers.customer).toBe(4)
  for (const wrong of [
    { status: 'vip' },
    { customers: ['came'], search: {}, status: 'vip' },
    { customers: ['x'], status: 'vip' },
  ]) {
    expect((await api.call('post', '/customers/status', wrong)).status).toBe(400)
  }
})

describe('what is refused says where and what is allowed', () => {
  test.each([
    [
      '/rules/4/rule',
      { ...vip, rule: { fact: 'status', is: 'one_of', value: ['customer'] } },
      'cannot ask for the status',
    ],
    ['/rules/4/rule/fact', { ...vip, rule: { fact: 'stars', is: 'set' } }, 'Allowed'],
    ['/rules/4/to', { ...vip, to: 'customer' }, 'Allowed is another status'],
    ['/rules/4/id', { ...vip, id: 'payment-made' }, 'already'],
    ['/rules/4/rule/value', { ...vip, rule: { fact: 'segment', is: 'in', value: 'nothing' } }, 'no segment'],
    ['/rules/4/from', { ...vip, from: 'king' }, ''],
    [
      '/rules',
      { ...vip, rule: { any: Array.from({ length: 199 }, () => ({ fact: 'joined', is: 'set' })) } },
      'at most 200',
    ],
  ])('%s', async (path, rule, message) => {
    const { rules } = await read()
    const answer = await api.call<{ errors: { path: string; message: string }[] }>('put', '/status-automation', {
      enabled: true,
      rules: [...rules, rule],
    })
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toContainEqual({ path, message: expect.stringContaining(message) })
  })
})

test('no circle comes about: neither from the status to a segment nor from a segment to the status', async () => {
  const segment = (id: string, rule: object) => api.call('post', '/segments', { id, name: id, rule })
  await segment('of-status', { fact: 'status', is: 'one_of', value: ['vip'] })
  await segment('golden', { fact: 'tag', is: 'any_of', value: ['golden'] })
  await segment('behind', { fact: 'segment', is: 'in', value: 'of-status' })
  for (const key of ['of-status', 'golden', 'behind']) await recomputeSegment(database.db, key, now)
  const { rules } = await read()
  const asks = (value: string) => ({
    enabled: true,
    rules: [...rules, { ...vip, rule: { fact: 'segment', is: 'in', value } }],
  })
  const refused = await api.call<{ errors: object[] }>('put', '/status-automation', asks('behind'))
  expect(refused.body.errors).toEqual([
    { path: '/rules/4/rule/value', message: expect.stringContaining('“behind” asks for “of-status”, which asks') },
  ])
  await save(asks('golden'))
  await api.call('post', '/customers/tag', { customers: ['came'], add: ['golden'] })
  await refreshSegments(database.db, later())
  expect((await api.call('get', '/customers/came')).body).toMatchObject({
    status: 'vip',
    status_change: { rule: 'vip' },
  })
  const members = await api.call<{ items: object[] }>('get', '/segments/of-status/members')
  expect(members.body.items).toMatchObject([{ customer: 'came' }])
  for (const rule of [
    { fact: 'status', is: 'one_of', value: ['vip'] },
    { fact: 'segment', is: 'in', value: 'behind' },
  ]) {
    const circle = await api.call('patch', '/segments/golden', { rule })
    expect(circle).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('cannot ask for the status') },
    })
  }
  expect((await api.call('delete', '/segments/golden')).status).toBe(409)
})

test('the timeline tells all of it, newest first, in parts that neither miss nor repeat anything', async () => {
  await refreshSegments(database.db, later())
  const part = async (cursor?: string) =>
    (
      await api.call<{ items: TimelineEntry[]; next: string | null }>(
        'get',
        `/customers/came/timeline?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      )
    ).body
  const whole = (await api.call<{ items: TimelineEntry[] }>('get', '/customers/came/timeline')).body.items
  const read: TimelineEntry[] = []
  for (let next: string | null | undefined; next !== null; ) {
    const found = await part(next)
    read.push(...found.items)
    next = found.next
  }
  expect(read).toEqual(whole)
  expect(whole.at(-1)).toMatchObject({ kind: 'booking', state: 'attended', service: 'Yoga' })
  expect(whole.filter(({ kind }) => kind === 'status').at(-1)).toMatchObject({
    from: 'lead',
    to: 'customer',
    cause: 'event',
    rule: 'appointment-attended',
  })
  expect(whole.some((entry) => entry.kind === 'segment' && entry.entered && entry.segment === 'of-status')).toBe(true)
  const only = await api.call<{ items: TimelineEntry[] }>('get', '/customers/came/timeline?kind=booking')
  expect(only.body.items).toHaveLength(1)
  expect((await api.call('get', '/customers/came/timeline?cursor=x')).status).toBe(400)
  expect((await api.call('get', '/customers/nobody/timeline')).status).toBe(404)
})

test('an admin saves, a manager looks and sets by hand, a provider does neither', async () => {
  await addPerson(database.db, 'manager@studio.test', 'manager')
  await addPerson(database.db, 'provider@studio.test', 'provider')
  const { enabled, rules } = await read()
  const tries = async (email: string) => {
    const call = await callAs(api, email)
    return [
      (await call('get', '/status-automation')).status,
      (await call('post', '/status-automation/preview', { enabled, rules })).status,
      (await call('post', '/customers/status', { customers: ['new'], status: 'lead' })).status,
      (await call('put', '/status-automation', { enabled: false, rules })).status,
    ]
  }
  expect(await tries('manager@studio.test')).toEqual([200, 200, 200, 403])
  expect(await tries('provider@studio.test')).toEqual([403, 403, 403, 403])
  expect(await rows(database.db, "SELECT status_set_by FROM customers WHERE external_id = 'new'")).toEqual([
    { status_set_by: 'manager@studio.test' },
  ])
})
