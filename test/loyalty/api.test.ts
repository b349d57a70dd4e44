import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Campaign } from '../../api/contract/campaigns.ts'
import type { Delivery } from '../../api/contract/customers.ts'
import type { Preflight } from '../../api/contract/orders.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import type { Database } from '../../domain/database.ts'
import { claimBatch } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { startApi, type TestApi } from '../support/api.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles } from '../support/loyalty.ts'
import { attempt, recordingChannel } from '../support/sending.ts'

type Refused = { detail: string; errors: { path: string; message: string }[]; next_at?: string; next_on?: string }
type Listed<Item> = { items: Item[]; next: string | null }
type Found = { id: string; username: string; from_provider: object | null; from_everybody: object | null }

const NOW = new Date('2026-12-02T10:00:00Z')
const CONTENT = { subject: 'Thank you', html: '<p>Thank you</p>' }
const MAILING = { kind: 'loyalty', provider: 'anna', segment: 'loyalty-loyal' }
const VOUCHER = { kind: 'voucher', amount: 500, valid_days: 14 }

let database: TestDatabase
let db: Database
let api: TestApi
let annaId: number
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  annaId = (await insertClienteles(db, 60)).providerIds.anna ?? 0
  await changeSettings(db, { timeZone: 'Europe/Berlin' }, NOW)
  api = await startApi(db, undefined, () => NOW)
})
afterEach(async () => {
  await db('rewards').delete()
  await db('campaigns').delete()
  await db('suppressions').delete()
  await db('bookings').delete()
})
afterAll(async () => {
  await api.close()
  await database.drop()
})

const book = async (
  bookings: { minutes: number; price: number; provider?: number; startsAt?: string; state?: string }[],
) => {
  const [customer] = await db('customers').select('id').limit(1)
  await db.batchInsert(
    'bookings',
    bookings.map(
      ({ minutes, price, provider = annaId, startsAt = '2026-06-01T10:00:00Z', state = 'attended' }, index) => ({
        external_id: `b${index}`,
        customer_id: customer?.id,
        provider_id: provider,
        starts_at: new Date(startsAt),
        starts_on: startsAt.slice(0, 10),
        minutes,
        price,
        state,
        created_at: NOW,
        updated_at: NOW,
      }),
    ),
  )
}

describe('a loyalty mailing over HTTP', () => {
  test('preflight, order, the second refused with the day, the answer with its rewards, the delivery with its own', async () => {
    const before = await api.call<Preflight>('post', '/campaigns/preflight', { ...MAILING, reward: VOUCHER })
    expect(before.body).toMatchObject({
      requested: 30,
      recipients: 30,
      reward_liability: 15_000,
      reward_assumption: null,
    })
    const order = { ...MAILING, content: CONTENT, reward: VOUCHER }
    const made = await api.call<Campaign>('post', '/campaigns', order)
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      kind: 'loyalty',
      provider: { id: 'anna', name: 'anna name' },
      reward: { kind: 'voucher', amount: 500, valid_days: 14, reserved: 0, active: 0 },
    })
    for (const path of ['/campaigns', '/campaigns/preflight']) {
      const { status, body } = await api.call<Refused>('post', path, path === '/campaigns' ? order : MAILING)
      expect(status).toBe(409)
      expect(body).toMatchObject({
        next_at: '2026-12-06T23:00:00.000Z',
        next_on: '2026-12-07',
        errors: [{ path: '/segment', message: expect.stringContaining('2026-12-07') }],
      })
    }
    const next = { ...MAILING, send_at: '2026-12-07T08:00:00Z' }
    expect((await api.call('post', '/campaigns/preflight', next)).status).toBe(200)

    await freezeAudience(db, Number(made.body.id), NOW)
    await deliverDue(
      db,
      Number(made.body.id),
      attempt(recordingChannel().channel, () => NOW),
    )
    const after = await api.call<Campaign>('get', `/campaigns/${made.body.id}`)
    expect(after.body).toMatchObject({ sent: 30, reward: { active: 30, reserved: 0 } })
    const { body } = await api.call<Listed<Delivery>>('get', `/deliveries?campaign=${made.body.id}&limit=1`)
    expect(body.items[0]?.reward).toMatchObject({ state: 'active', valid_from: '2026-12-02', valid_to: '2026-12-15' })

    const list = (query: string) => api.call<Listed<Campaign>>('get', `/campaigns?${query}`)
    expect((await list('kind=loyalty&provider=anna')).body.items.map(({ id }) => id)).toEqual([made.body.id])
    expect((await list('kind=loyalty&provider=ben')).body.items).toEqual([])
    expect((await list('kind=one_off')).body.items).toEqual([])
  })

  test('a loyalty mailing is made anew, not edited, and no other campaign becomes one', async () => {
    const sendAt = '2026-12-04T08:00:00Z'
    const order = { customers: ['c0'], content: CONTENT, send_at: sendAt }
    const made = await api.call<Campaign>('post', '/campaigns', order)
    const edit = { ...MAILING, content: CONTENT, send_at: sendAt, revision: made.body.revision }
    expect((await api.call('put', `/campaigns/${made.body.id}`, edit)).status).toBe(409)
    expect(await db('loyalty_slots').select('week')).toEqual([])
  })

  test('what is ordered is read back as it was said', async () => {
    const reward = { kind: 'free_minutes', minutes: 20, valid_from: '2026-12-05', valid_to: '2026-12-31' }
    const { body } = await api.call<Campaign>('post', '/campaigns', { ...MAILING, content: CONTENT, reward })
    expect((await api.call<{ reward: object }>('get', `/campaigns/${body.id}/order`)).body.reward).toEqual(reward)
  })

  test.each([
    [{ provider: undefined }, '/provider'],
    [{ provider: 'nobody' }, '/provider'],
    [{ segment: 'everyone' }, '/segment'],
    [{ segment: undefined, customers: ['c0'] }, '/segment'],
    [{ reward: { kind: 'voucher', valid_days: 7 } }, '/reward/amount'],
    [{ reward: { ...VOUCHER, percent: 10 } }, '/reward/percent'],
    [{ reward: { ...VOUCHER, ceiling: 10 } }, '/reward/ceiling'],
    [{ reward: { ...VOUCHER, amount: 0 } }, '/reward/amount'],
    [{ reward: { ...VOUCHER, amount: 1.5 } }, '/reward/amount'],
    [{ reward: { kind: 'voucher', percent: 101, valid_days: 7 } }, '/reward/percent'],
    [{ reward: { kind: 'voucher', amount: 500 } }, '/reward/valid_to'],
    [{ reward: { ...VOUCHER, valid_to: '2026-12-31' } }, '/reward/valid_to'],
    [{ reward: { kind: 'voucher', amount: 500, valid_to: '2026-12-01' } }, '/reward/valid_to'],
    [{ reward: { kind: 'voucher', amount: 500, valid_to: '2026-02-30' } }, '/reward/valid_to'],
    [
      { reward: { kind: 'voucher', amount: 500, valid_from: '2026-12-09', valid_to: '2026-12-08' } },
      '/reward/valid_to',
    ],
    [{ reward: { kind: 'voucher', amount: 500, valid_to: '2029-01-01' } }, '/reward/valid_to'],
    [{ reward: { kind: 'voucher', amount: 500, valid_days: 732 } }, '/reward/valid_days'],
    [{ reward: { kind: 'free_minutes', minutes: 0, valid_days: 7 } }, '/reward/minutes'],
    [{ reward: { kind: 'free_minutes', minutes: 20, amount: 5, valid_days: 7 } }, '/reward/amount'],
    [{ reward: { kind: 'cake', valid_days: 7 } }, '/reward/kind'],
  ])('%j is refused at %s, by preflight, too, and nothing is kept', async (change, path) => {
    for (const call of ['/campaigns', '/campaigns/preflight']) {
      const { status, body } = await api.call<Refused>('post', call, { ...MAILING, content: CONTENT, ...change })
      expect([status, body.errors?.[0]?.path]).toEqual([400, path])
    }
    expect(await db('campaigns').select('id')).toEqual([])
    expect(await db('loyalty_slots').select('week')).toEqual([])
  })
})

describe('the largest possible cost', () => {
  const liability = async (reward: object) => {
    const { body } = await api.call<Preflight>('post', '/campaigns/preflight', { ...MAILING, reward })
    return [body.reward_liability, body.reward_assumption]
  }

  test('of a percentage is its ceiling, else of the highest price of the provider’s last year', async () => {
    await book([
      { minutes: 60, price: 6_005 },
      { minutes: 30, price: 4_000 },
      // none of these counts: another's, cancelled, too long ago
      { minutes: 60, price: 90_000, provider: annaId + 1 },
      { minutes: 60, price: 80_000, state: 'cancelled' },
      { minutes: 60, price: 70_000, startsAt: '2025-12-01T10:00:00Z' },
    ])
    const percent = { kind: 'voucher', percent: 10, valid_days: 7 }
    expect(await liability({ ...percent, ceiling: 300 })).toEqual([9_000, null])
    expect(await liability(percent)).toEqual([601 * 30, { price: 6_005, minutes: null, since: '2025-12-02' }])
    // 4,000 for 30 minutes is dearer by the minute
    expect(await liability({ kind: 'free_minutes', minutes: 20, valid_days: 7 })).toEqual([
      2_667 * 30,
      { price: 4_000, minutes: 30, since: '2025-12-02' },
    ])
  })

  test('is not made up where nothing says it', async () => {
    expect(await liability({ kind: 'voucher', percent: 10, valid_days: 7 })).toEqual([null, null])
    expect(await liability({ kind: 'free_minutes', minutes: 20, valid_days: 7 })).toEqual([null, null])
  })
})

describe('the page of one provider', () => {
  test('counts this provider’s customers, shows the slots and when the next mailing may go', async () => {
    await api.call('post', '/campaigns', { ...MAILING, content: CONTENT })
    const { body } = await api.call<{ week: string; segments: { id: string; members: number }[] }>(
      'get',
      '/loyalty?provider=anna',
    )
    expect(body).toMatchObject({ provider: { id: 'anna' }, week: '2026-W49', week_ends_at: '2026-12-06T23:00:00.000Z' })
    expect(body.segments).toMatchObject([
      { id: 'loyalty-new', members: 30, mailing: null, next_at: null, next_on: null },
      {
        id: 'loyalty-loyal',
        members: 30,
        mailing: { name: 'Thank you', state: 'preparing' },
        next_at: '2026-12-06T23:00:00.000Z',
        next_on: '2026-12-07',
      },
    ])
    const ben = await api.call<typeof body>('get', '/loyalty?provider=ben')
    expect(ben.body.segments).toMatchObject([{ next_at: null }, { next_at: null }])
    expect((await api.call('get', '/loyalty?provider=nobody')).status).toBe(400)
    expect((await api.call('get', '/loyalty')).status).toBe(400)
  })

  test('customers are found by user name, exactly or by its beginning, and only this provider’s', async () => {
    const find = async (username: string) =>
      (
        await api.call<Listed<Found>>(
          'get',
          `/loyalty/customers?provider=anna&username=${encodeURIComponent(username)}`,
        )
      ).body.items.map(({ username: name }) => name)
    // the even ones are Anna's
    expect(await find('user2')).toEqual(['user2', 'user20', 'user22', 'user24', 'user26', 'user28'])
    expect(await find('USER22')).toEqual(['user22'])
    expect(await find('user3')).toEqual(['user30', 'user32', 'user34', 'user36', 'user38'])
    for (const hostile of ['%', '_ser2', "' OR 1=1 -- ", '!', 'user2 ']) {
      expect(await find(hostile)).toEqual(hostile === 'user2 ' ? expect.arrayContaining(['user2']) : [])
    }
    expect((await api.call('get', `/loyalty/customers?provider=anna&username=${'x'.repeat(201)}`)).status).toBe(400)
  })

  test('unsubscribed by user name nothing of a running mailing is claimed for them; write again undoes it', async () => {
    const made = await api.call<Campaign>('post', '/campaigns', { ...MAILING, content: CONTENT, reward: VOUCHER })
    const campaign = Number(made.body.id)
    await freezeAudience(db, campaign, NOW)
    const taken: string[] = []
    const { channel } = recordingChannel(async ({ to }) => {
      taken.push(to)
      return { state: 'sent', response: '250 ok' }
    })
    // one that is due later than the others, so that the mailing is under way when the provider unsubscribes them
    await db('deliveries')
      .where({ address: 'c58@mail.test' })
      .update({ due_at: new Date(NOW.getTime() + 60_000) })
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => NOW),
    )
    expect(taken).toHaveLength(29)
    const [found] = (await api.call<Listed<Found>>('get', '/loyalty/customers?provider=anna&username=user58')).body
      .items
    expect(found).toMatchObject({ id: 'c58', from_provider: null, from_everybody: null })
    expect((await api.call('put', `/suppressions/${found?.id}?provider=anna`, { reason: 'by_hand' })).status).toBe(200)
    const later = new Date(NOW.getTime() + 120_000)
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => later),
    )
    expect(taken).toHaveLength(29)
    expect(await db('deliveries').where({ address: 'c58@mail.test' }).select('state', 'reason')).toEqual([
      { state: 'cancelled', reason: 'suppressed' },
    ])
    const may = { channel: 'email', providerId: annaId, kind: 'loyalty', mailUnknownConsent: false } as const
    expect(await claimBatch(db, campaign, may, later)).toBeNull()
    expect((await api.call<Campaign>('get', `/campaigns/${campaign}`)).body.reward).toMatchObject({
      active: 29,
      given_back: 1,
    })

    const unsubscribed = () => api.call<Listed<Found>>('get', '/loyalty/customers?provider=anna')
    expect((await unsubscribed()).body.items).toMatchObject([
      { id: 'c58', username: 'user58', from_provider: { reason: 'by_hand' }, from_everybody: null },
    ])
    expect((await api.call<Listed<Found>>('get', '/loyalty/customers?provider=ben')).body.items).toEqual([])
    expect((await api.call('delete', `/suppressions/c58?provider=anna`)).status).toBe(204)
    expect((await unsubscribed()).body.items).toEqual([])
  })

  test('those who get nothing come in parts, each once, whichever kind of mail they do not want', async () => {
    for (const [id, kind] of [
      ['c0', 'all'],
      ['c2', 'loyalty'],
      ['c2', 'all'],
      ['c4', 'loyalty'],
      ['c6', 'one_off'],
    ]) {
      await api.call('put', `/suppressions/${id}?provider=anna&kind=${kind}`, {})
    }
    await api.call('put', '/suppressions/c0', { reason: 'unsubscribed' })
    const first = await api.call<Listed<Found>>('get', '/loyalty/customers?provider=anna&limit=2')
    const rest = await api.call<Listed<Found>>('get', `/loyalty/customers?provider=anna&cursor=${first.body.next}`)
    expect([first, rest].map(({ body }) => body.items.map(({ id }) => id))).toEqual([['c0', 'c2'], ['c4']])
    expect(first.body.items[0]).toMatchObject({ from_everybody: { reason: 'unsubscribed' } })
    expect(rest.body.next).toBeNull()
  })
})
