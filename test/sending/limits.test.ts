import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { countHeld } from '../../domain/campaigns/countHeld.ts'
import { resolveCriteria } from '../../domain/campaigns/criteria.ts'
import { nextStep } from '../../domain/campaigns/nextStep.ts'
import { type Database, openDatabase, rows } from '../../domain/database.ts'
import { claimBatch, type Limits } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { getDelivery } from '../../domain/deliveries/listDeliveries.ts'
import { releaseHeld } from '../../domain/deliveries/releaseHeld.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, countStates, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

const MAY = { channel: 'email', providerId: 0, kind: 'one_off', mailUnknownConsent: false } as const
const NONE: Limits = { quietHours: null, timeZone: 'UTC', frequencyCap: null, rateLimits: null, urgent: false }
const START = new Date('2026-03-02T10:00:00Z')
const at = (seconds: number) => new Date(START.getTime() + seconds * 1_000)

let database: TestDatabase
let db: Database
let customers: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  customers = await insertCustomers(db, 120, (index) => `c${index}@${index % 2 === 0 ? 'big.test' : 'small.test'}`)
})
afterEach(async () => {
  await db('campaigns').delete()
  await db('send_rates').delete()
  await changeSettings(db, { quietHours: null, frequencyCap: null, rateLimits: null, timeZone: 'UTC' }, START)
})
afterAll(() => database.drop())

const dues = (campaign: number) =>
  rows<{ state: string; due_at: Date; reason: string | null; address: string }>(
    db,
    'SELECT state, due_at, reason, address FROM deliveries WHERE campaign_id = ? ORDER BY due_at, id',
    [campaign],
  )

describe('how many go a minute', () => {
  /** Claims at every tenth of a second, as long as it is said; returns the instants at which messages were let through. */
  async function claimFor(seconds: number, campaign: number, limits: Limits, pools: readonly Database[] = [db]) {
    const through: { at: number; address: string }[] = []
    for (let tick = 0; tick <= seconds * 10; tick++) {
      const batches = await Promise.all(pools.map((pool) => claimBatch(pool, campaign, MAY, at(tick / 10), { limits })))
      for (const batch of batches)
        for (const { address } of batch?.claimed ?? []) through.push({ at: tick / 10, address })
    }
    return through
  }

  test('of a campaign: no second has more than the limit allows, whoever asks, and nothing is lost', async () => {
    const campaign = await frozenCampaign(db, { customers }, START)
    const limits = { ...NONE, rateLimits: { per_campaign: 600 } }
    const pools = Array.from({ length: 3 }, () => openDatabase(database.url, 1))
    const through = await claimFor(14, campaign, limits, pools)
    await Promise.all(pools.map((pool) => pool.destroy()))
    expect(through).toHaveLength(120)
    for (const { at: begin } of through) {
      // ten a second, and a second's worth at once at the beginning
      expect(through.filter(({ at: when }) => when >= begin && when < begin + 1).length).toBeLessThanOrEqual(20)
      expect(through.filter(({ at: when }) => when < begin + 0.05).length).toBeLessThanOrEqual(10 + begin * 10 + 1)
    }
    expect(through.at(-1)?.at).toBeGreaterThan(10)
  })

  test('of a domain: the others do not wait for it', async () => {
    const campaign = await frozenCampaign(db, { customers }, START)
    const limits = { ...NONE, rateLimits: { domains: { 'big.test': 300 } } }
    const through = await claimFor(14, campaign, limits)
    const small = through.filter(({ address }) => address.endsWith('@small.test'))
    const big = through.filter(({ address }) => address.endsWith('@big.test'))
    expect(small).toHaveLength(60)
    expect(small.at(-1)?.at).toBeLessThan(0.5)
    expect(big).toHaveLength(60)
    expect(big.at(-1)?.at).toBeGreaterThan(10)
    expect(big.filter(({ at: when }) => when < 5).length).toBeLessThanOrEqual(31)
  })

  test('a single message does not wait for it, but counts', async () => {
    const many = await frozenCampaign(db, { customers }, START)
    const limits = { ...NONE, rateLimits: { channels: { email: 60 }, domains: { 'big.test': 60 } } }
    expect((await claimBatch(db, many, MAY, START, { limits }))?.claimed).toHaveLength(1)
    const one = await frozenCampaign(db, { customers: ['c0'] }, START)
    expect((await claimBatch(db, one, MAY, START, { limits: { ...limits, urgent: true } }))?.claimed).toHaveLength(1)
    expect(await claimBatch(db, many, MAY, at(1), { limits })).toMatchObject({ claimed: [], next: at(2) })
  })

  test('two campaigns that ask at once share what their channel takes', async () => {
    const limits = { ...NONE, rateLimits: { channels: { email: 1_200 } } }
    const campaigns = [await frozenCampaign(db, { customers }, START), await frozenCampaign(db, { customers }, START)]
    const pools = campaigns.map(() => openDatabase(database.url, 1))
    const batches = await Promise.all(
      campaigns.map((campaign, index) => claimBatch(pools[index] ?? db, campaign, MAY, START, { limits })),
    )
    await Promise.all(pools.map((pool) => pool.destroy()))
    expect(batches.reduce((sum, batch) => sum + (batch?.claimed.length ?? 0), 0)).toBe(20)
  })
})

describe('quiet hours', () => {
  test('hold what is due until they end, spread it, say so, and let it go then', async () => {
    await changeSettings(db, { quietHours: { from: '21:00', to: '08:00' }, timeZone: 'Europe/Berlin' }, START)
    const night = new Date('2026-03-02T22:30:00Z')
    const morning = new Date('2026-03-03T07:00:00Z')
    const campaign = await frozenCampaign(db, { customers }, night)
    const { channel, taken } = recordingChannel()
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => night),
    )
    expect(taken).toEqual([])
    const held = await dues(campaign)
    expect(held.every(({ state, reason }) => state === 'queued' && reason === 'quiet_hours')).toBe(true)
    const times = held.map(({ due_at }) => due_at.getTime())
    expect(Math.min(...times)).toBeGreaterThanOrEqual(morning.getTime())
    expect(Math.max(...times)).toBeLessThanOrEqual(morning.getTime() + 120_000)
    // spread, not a burst: no ten seconds have a third of them
    expect(times.every((time) => times.filter((other) => Math.abs(other - time) <= 5_000).length < 40)).toBe(true)
    expect(await nextStep(db, campaign, night)).toEqual({ step: 'wait', until: held[0]?.due_at.toISOString() })
    const [row] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries WHERE campaign_id = ? LIMIT 1', [campaign])
    const shown = await getDelivery(db, row?.id ?? 0)
    expect(shown).toMatchObject({ state: 'queued', reason: 'quiet_hours', heldUntil: expect.any(Date) })
    expect(shown.events).toEqual([
      {
        type: 'held',
        at: night,
        detail: { reason: 'quiet_hours', until: expect.stringMatching(/^2026-03-03T07:0[0-2]:\d\dZ$/) },
      },
    ])
    const later = new Date(morning.getTime() + 121_000)
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => later),
    )
    expect(await countStates(db, campaign)).toEqual({ sent: 120 })
  })

  test('a claim that comes in between takes nothing', async () => {
    const campaign = await frozenCampaign(db, { customers }, START)
    const limits = { ...NONE, quietHours: { from: '09:00', to: '11:00' } }
    expect(await claimBatch(db, campaign, MAY, START, { limits })).toBeNull()
    expect((await claimBatch(db, campaign, MAY, at(3_600), { limits }))?.claimed).toHaveLength(50)
  })

  test('taken out of the settings, what they held goes at once', async () => {
    await changeSettings(db, { quietHours: { from: '09:00', to: '20:00' } }, START)
    const campaign = await frozenCampaign(db, { customers }, START)
    const { channel, taken } = recordingChannel()
    const now = attempt(channel, () => START)
    await deliverDue(db, campaign, now)
    await changeSettings(db, { quietHours: null }, START)
    await releaseHeld(db, ['quiet_hours'], START)
    await deliverDue(db, campaign, now)
    expect(taken).toHaveLength(120)
  })
})

describe('the frequency cap', () => {
  const cap = { mails: 2, days: 7 }
  const DAY = 86_400

  /** Sends a campaign to one customer at an instant; returns whether it went. */
  async function send(to: readonly string[], seconds: number, limits: Limits = { ...NONE, frequencyCap: cap }) {
    const campaign = await frozenCampaign(db, { customers: [...to] }, at(seconds))
    return { campaign, went: await goOn(campaign, seconds, limits) }
  }

  async function goOn(campaign: number, seconds: number, limits: Limits = { ...NONE, frequencyCap: cap }) {
    const batch = await claimBatch(db, campaign, MAY, at(seconds), { limits })
    const ids = batch?.claimed.map(({ id }) => id) ?? []
    for (const id of ids)
      await db('deliveries')
        .where({ id })
        .update({ state: 'sent', sent_at: at(seconds), claim: null })
    return ids.length
  }

  test('a third mail within the week waits until the first is a week old, and says so', async () => {
    expect((await send(['c0'], 0)).went).toBe(1)
    expect((await send(['c0'], DAY)).went).toBe(1)
    const third = await send(['c0', 'c1'], 2 * DAY)
    expect(third.went).toBe(1)
    const [held] = (await dues(third.campaign)).filter(({ state }) => state === 'queued')
    expect(held).toMatchObject({ reason: 'frequency_cap', due_at: at(7 * DAY) })
    expect(await goOn(third.campaign, 7 * DAY - 1)).toBe(0)
    expect(await goOn(third.campaign, 7 * DAY)).toBe(1)
    const events = await rows<{ type: string }>(
      db,
      'SELECT e.type FROM delivery_events e JOIN deliveries d ON d.id = e.delivery_id WHERE d.campaign_id = ?',
      [third.campaign],
    )
    expect(events).toEqual([{ type: 'held' }])
  })

  test('two campaigns at the same moment don’t both find room', async () => {
    const limits = { ...NONE, frequencyCap: { mails: 1, days: 1 } }
    const campaigns = await Promise.all([1, 2, 3, 4].map(() => frozenCampaign(db, { customers: ['c5', 'c6'] }, START)))
    const pools = campaigns.map(() => openDatabase(database.url, 1))
    const batches = await Promise.all(
      campaigns.map((campaign, index) => claimBatch(pools[index] ?? db, campaign, MAY, START, { limits })),
    )
    await Promise.all(pools.map((pool) => pool.destroy()))
    expect(batches.reduce((sum, batch) => sum + (batch?.claimed.length ?? 0), 0)).toBe(2)
  })

  test('by a naive count over random histories, nobody gets more, and nobody is forgotten', async () => {
    const history = fc.array(fc.integer({ min: 0, max: 20 * DAY }), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        async (asked, mails, days) => {
          await db('campaigns').delete()
          const limits = { ...NONE, frequencyCap: { mails, days } }
          const sent: number[] = []
          const open: { campaign: number; due: number }[] = []
          for (const seconds of [...asked].sort((a, b) => a - b)) {
            open.push({ campaign: await frozenCampaign(db, { customers: ['c7'] }, at(seconds)), due: seconds })
          }
          // the next one that is due goes or is put off, until all have gone
          for (let turns = 0; open.length > 0 && turns < 200; turns++) {
            open.sort((a, b) => a.due - b.due)
            const [next] = open
            if (next === undefined) break
            if ((await goOn(next.campaign, next.due, limits)) === 1) {
              sent.push(next.due)
              open.shift()
            } else {
              const [row] = await dues(next.campaign)
              next.due = ((row?.due_at.getTime() ?? 0) - START.getTime()) / 1_000
            }
          }
          expect(open).toEqual([])
          for (const end of sent) {
            const within = sent.filter((when) => when <= end && when > end - days * DAY)
            expect(within.length).toBeLessThanOrEqual(mails)
          }
        },
      ),
      { numRuns: 15 },
    )
  }, 120_000)

  test('preflight counts whom it would hold, and the night', async () => {
    await send(['c0', 'c1', 'c2'], 0)
    await send(['c0', 'c1'], 10)
    await changeSettings(db, { frequencyCap: cap, quietHours: { from: '09:30', to: '11:00' } }, START)
    const audience = await resolveCriteria(db, { customers: ['c0', 'c1', 'c2', 'c3'] })
    expect(await countHeld(db, audience, { recipients: 4 }, at(20))).toEqual([
      { reason: 'quiet_hours', count: 4, until: new Date('2026-03-02T11:00:00Z') },
      { reason: 'frequency_cap', count: 2, until: null },
    ])
  })

  test('preflight counts those whom the claim holds: what is unconfirmed is had, what was a test is not', async () => {
    const states = { c0: 'sent', c1: 'unconfirmed', c2: 'unconfirmed', c3: 'sent' }
    for (const seconds of [0, 10]) {
      const { campaign } = await send(['c0', 'c1', 'c2', 'c3'], seconds)
      for (const [id, state] of Object.entries(states)) {
        const customer = db('customers').select('id').where({ external_id: id })
        const sent = state === 'sent' ? {} : { sent_at: null, due_at: at(seconds) }
        await db('deliveries')
          .where({ campaign_id: campaign, customer_id: customer })
          .update({ state, test: id === 'c3', ...sent })
      }
    }
    await changeSettings(db, { frequencyCap: cap }, START)
    const customers = ['c0', 'c1', 'c2', 'c3', 'c4']
    const audience = await resolveCriteria(db, { customers })
    const [held] = await countHeld(db, audience, { recipients: 5 }, at(20))
    expect(held).toEqual({ reason: 'frequency_cap', count: 3, until: null })
    expect((await send(customers, 20)).went).toBe(2)
  })
})
