import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { chooseWinner } from '../../domain/campaigns/abTest.ts'
import { approveCampaign } from '../../domain/campaigns/approval.ts'
import type { SomeChoices } from '../../domain/campaigns/choices.ts'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../domain/campaigns/steerCampaign.ts'
import { type Database, rows } from '../../domain/database.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { FastClock, FastTemporal } from '../support/fastTemporal.ts'
import { countStates, insertCustomers, recordingChannel } from '../support/sending.ts'
import { until } from '../support/until.ts'

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } })

const DAY = 86_400_000
const HOUR = 3_600_000
/** A day takes two seconds. */
const SPEED = DAY / 2_000
const CONTENT = { subject: 'First', html: '<p><a href="https://studio.test/">Go</a></p>' }
const SECOND = { subject: 'Second', html: '<p><a href="https://studio.test/">Go</a></p>' }
const MANAGER = { email: 'other@studio.test', role: 'manager' } as const

/** The workflow `campaign` on a real Temporal, where days pass; each history is kept for the code that comes later. */
describe('campaigns that take days', () => {
  let database: TestDatabase
  let db: Database
  let ids: string[]
  let clock: FastClock
  let temporal: FastTemporal
  const { channel, taken } = recordingChannel()
  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    ids = await insertCustomers(db, 40)
    clock = new FastClock(new Date('2026-11-30T12:00:00Z'), SPEED)
    await changeSettings(db, { timeZone: 'Europe/Berlin' }, clock.now())
    temporal = await FastTemporal.start(db, channel, clock)
  })
  afterAll(async () => {
    await temporal?.stop()
    await database?.drop()
  })

  async function made(choices: SomeChoices & { undoSeconds?: number; createdBy?: string } = {}): Promise<number> {
    const { undoSeconds, createdBy = null, sendAt = null, ...more } = choices
    const order = { criteria: { customers: ids }, content: CONTENT, sendAt, createdBy, undoSeconds, ...more }
    taken.length = 0
    return createCampaign(db, order, clock.now())
  }
  const sent = async (campaign: number, variant?: 'a' | 'b') => {
    const sql = 'SELECT sent_at AS at, due_at AS due FROM deliveries WHERE campaign_id = ? AND sent_at IS NOT NULL'
    const which = variant === undefined ? '' : ` AND variant = '${variant}'`
    return rows<{ at: Date; due: Date }>(db, `${sql}${which} ORDER BY sent_at, id`, [campaign])
  }

  test('a comparison is decided by the clicks three days later, and the others get the winner', async () => {
    const abTest = { content: SECOND, share: 50, decide: 'clicks' as const, after_minutes: (3 * DAY) / 60_000 }
    const campaign = await made({ abTest, seed: 's' })
    await temporal.begin(campaign)
    await until(
      async () => (await sent(campaign)).length >= 10 && (await countStates(db, campaign)).sending === undefined,
    )
    const compared = taken.length
    await db('deliveries')
      .where({ campaign_id: campaign, variant: 'b' })
      .whereNotNull('sent_at')
      .update({ clicked_at: clock.now() })
    const acts = await temporal.finish(campaign, 'campaignDecidedByClicks')
    expect(acts.filter((act) => act === 'decideByClicks')).toHaveLength(2)
    expect(acts).toContain('releaseRest')
    const { abTest: after } = await getCampaign(db, campaign)
    expect(after).toMatchObject({ winner: 'b', decidedBy: null })
    expect(taken).toHaveLength(40)
    expect(taken.slice(compared).map(({ subject }) => subject)).toEqual(Array(40 - compared).fill('Second'))
    const all = await sent(campaign)
    const gap = (all[compared]?.at.getTime() ?? 0) - (all[compared - 1]?.at.getTime() ?? 0)
    expect(gap).toBeGreaterThanOrEqual(3 * DAY)
  }, 120_000)

  test('a comparison that somebody decides waits for them', async () => {
    const abTest = { subject: 'Second', share: 50, decide: 'by_hand' as const, after_minutes: null }
    const campaign = await made({ abTest, seed: 's' })
    await temporal.begin(campaign)
    await until(
      async () => (await sent(campaign)).length >= 10 && (await countStates(db, campaign)).sending === undefined,
    )
    const compared = taken.length
    await chooseWinner(db, campaign, { winner: 'a', by: MANAGER.email }, clock.now())
    await temporal.signal(campaign, 'resume')
    const acts = await temporal.finish(campaign, 'campaignDecidedByHand')
    expect(acts).not.toContain('decideByClicks')
    expect(acts).toContain('releaseRest')
    expect(taken.slice(compared).map(({ subject }) => subject)).toEqual(Array(40 - compared).fill('First'))
  }, 120_000)

  test('approved, after its undo window, spread over three days, paused on the way', async () => {
    await changeSettings(db, { approvalAbove: 10 }, clock.now())
    const campaign = await made({ spreadMinutes: (3 * DAY) / 60_000, createdBy: 'maker@studio.test' })
    await changeSettings(db, { approvalAbove: null }, clock.now())
    expect(await getCampaign(db, campaign)).toMatchObject({ state: 'awaiting_approval' })
    const approvedAt = clock.now()
    await approveCampaign(db, campaign, { by: MANAGER, seen: 1, undoSeconds: 600 }, approvedAt)
    await temporal.begin(campaign)
    await until(async () => taken.length >= 5)
    await pauseCampaign(db, campaign, clock.now())
    await temporal.signal(campaign, 'pause')
    await until(async () => (await countStates(db, campaign)).sending === undefined)
    const before = taken.length
    const paused = clock.now()
    await until(async () => clock.now().getTime() - paused.getTime() > DAY / 2)
    expect(taken).toHaveLength(before)
    await resumeCampaign(db, campaign, clock.now())
    await temporal.signal(campaign, 'resume')
    const acts = await temporal.finish(campaign, 'campaignApprovedAndSpread')
    const all = await sent(campaign)
    expect(all).toHaveLength(40)
    expect(all.every(({ at, due }) => at >= due)).toBe(true)
    expect(all[0]?.at.getTime()).toBeGreaterThanOrEqual(approvedAt.getTime() + 600_000)
    expect((all.at(-1)?.at.getTime() ?? 0) - (all[0]?.at.getTime() ?? 0)).toBeGreaterThan(2 * DAY)
    expect(acts.filter((act) => act === 'deliver').length).toBeGreaterThan(5)
  }, 120_000)

  test('held by the quiet hours until the morning', async () => {
    const hour = (clock.now().getUTCHours() + 1) % 24
    const two = (value: number) => `${String(value % 24).padStart(2, '0')}:00`
    // quiet from now on for ten hours, whatever time it is by the fast clock
    await changeSettings(db, { timeZone: 'UTC', quietHours: { from: two(hour + 23), to: two(hour + 9) } }, clock.now())
    const campaign = await made()
    const madeAt = clock.now()
    await temporal.begin(campaign)
    const acts = await temporal.finish(campaign, 'campaignHeldByQuietHours')
    await changeSettings(db, { quietHours: null }, clock.now())
    expect(acts).toContain('finishCampaign')
    const all = await sent(campaign)
    expect(all).toHaveLength(40)
    expect((all[0]?.at.getTime() ?? 0) - madeAt.getTime()).toBeGreaterThan(6 * HOUR)
    const quiet = new Set(Array.from({ length: 10 }, (_, index) => (hour + 23 + index) % 24))
    expect(all.filter(({ at }) => quiet.has(at.getUTCHours()))).toEqual([])
  }, 120_000)

  test('cancelled on the way: what was not handed over is taken away, and says why', async () => {
    const campaign = await made({ spreadMinutes: (6 * DAY) / 60_000 })
    await temporal.begin(campaign)
    await until(async () => taken.length >= 3)
    await cancelCampaign(db, campaign, clock.now())
    await temporal.signal(campaign, 'cancel')
    const acts = await temporal.finish(campaign, 'campaignCancelled')
    expect(acts).toContain('clearCancelled')
    const states = await countStates(db, campaign)
    expect(states).toEqual({ sent: taken.length, cancelled: 40 - taken.length })
    const why = await db('deliveries').distinct('reason').where({ campaign_id: campaign, state: 'cancelled' })
    expect(why).toEqual([{ reason: 'campaign_cancelled' }])
  }, 120_000)
})
