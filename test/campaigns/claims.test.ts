import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearCancelled } from '../../domain/campaigns/clearCancelled.ts'
import { createCampaign } from '../../domain/campaigns/createCampaign.ts'
import { finishCampaign } from '../../domain/campaigns/finishCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { nextStep } from '../../domain/campaigns/nextStep.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../domain/campaigns/steerCampaign.ts'
import { type Database, openDatabase, rows } from '../../domain/database.ts'
import { abandonClaims } from '../../domain/deliveries/abandonClaims.ts'
import { BATCH, claimBatch } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { resendDelivery } from '../../domain/deliveries/resendDelivery.ts'
import { writeOutcomes } from '../../domain/deliveries/writeOutcomes.ts'
import { suppress } from '../../domain/suppressions/suppress.ts'
import { createTestDatabase, type TestDatabase, urlFor } from '../support/database.ts'
import {
  attempt,
  campaignTo,
  countStates,
  frozenCampaign,
  insertCustomers,
  recordingChannel,
  SENT,
} from '../support/sending.ts'

const MAY = { channel: 'email', providerId: 0, kind: 'one_off', mailUnknownConsent: false } as const
const CUSTOMERS = 130

describe('never twice, never silently not', () => {
  let database: TestDatabase
  let db: Database
  let customers: string[]
  beforeAll(async () => {
    database = await createTestDatabase()
    db = database.db
    customers = await insertCustomers(db, CUSTOMERS)
  })
  afterEach(async () => {
    await db('campaigns').delete()
    await db('suppressions').delete()
  })
  afterAll(() => database.drop())

  test('six attempts at once, over connections of their own: everybody once', async () => {
    const campaign = await frozenCampaign(db, { customers })
    const { channel, taken } = recordingChannel(async () => {
      await new Promise((done) => setTimeout(done, Math.random() * 5))
      return SENT
    })
    const pools = Array.from({ length: 6 }, (_, n) => openDatabase(urlFor(n, database), 3))
    await Promise.all(pools.map((pool) => deliverDue(pool, campaign, attempt(channel))))
    await Promise.all(pools.map((pool) => pool.destroy()))
    expect(taken).toHaveLength(CUSTOMERS)
    expect(new Set(taken.map(({ to }) => to)).size).toBe(CUSTOMERS)
    expect(await countStates(db, campaign)).toEqual({ sent: CUSTOMERS })
    expect((await nextStep(db, campaign, new Date())).step).toBe('finish')
  })

  test('what can’t be read for a batch leaves nothing unconfirmed: its claim is put back', async () => {
    const content = { subject: 'Soon', html: '<p>{{ next_booking.date }}</p>' }
    const order = { criteria: { customers }, content, sendAt: null, createdBy: null }
    const campaign = await createCampaign(db, order, new Date())
    await freezeAudience(db, campaign, new Date())
    const { channel, taken } = recordingChannel()
    await db.raw('RENAME TABLE bookings TO bookings_away')
    await expect(deliverDue(db, campaign, attempt(channel))).rejects.toThrow(/bookings/)
    await db.raw('RENAME TABLE bookings_away TO bookings')
    expect(await countStates(db, campaign)).toEqual({ queued: CUSTOMERS })
    expect(taken).toEqual([])
    await deliverDue(db, campaign, attempt(channel))
    expect(await countStates(db, campaign)).toEqual({ sent: CUSTOMERS })
    const [tried] = await rows<{ most: number }>(
      db,
      'SELECT MAX(attempts) AS most FROM deliveries WHERE campaign_id = ?',
      [campaign],
    )
    expect(tried?.most).toBe(1)
  })

  test('cancelled in the middle: nothing is claimed afterwards', async () => {
    const campaign = await frozenCampaign(db, { customers })
    let cancelled = false
    const { channel, taken } = recordingChannel(async () => {
      if (taken.length >= 60 && !cancelled) {
        cancelled = true
        await cancelCampaign(db, campaign, new Date())
      }
      return SENT
    })
    await deliverDue(db, campaign, attempt(channel))
    // what is in hand goes out, nothing further is taken: the other lane may have been between two batches
    const sent = taken.length
    expect([2 * BATCH - BATCH / 2, 2 * BATCH]).toContain(sent)
    expect(await claimBatch(db, campaign, MAY, new Date())).toBeNull()
    expect((await nextStep(db, campaign, new Date())).step).toBe('clear')
    await clearCancelled(db, campaign, new Date())
    expect(await countStates(db, campaign)).toEqual({ sent, cancelled: CUSTOMERS - sent })
    expect((await nextStep(db, campaign, new Date())).step).toBe('end')
    expect(await getCampaign(db, campaign)).toMatchObject({ state: 'cancelled', cancelled: CUSTOMERS - sent })
    await expect(resumeCampaign(db, campaign, new Date())).rejects.toMatchObject({ code: 'conflict' })
  })

  test('cancelling waits for a claim in progress, and the next claim sees it', async () => {
    const campaign = await frozenCampaign(db, { customers })
    const claims = Promise.all(Array.from({ length: 4 }, () => claimBatch(db, campaign, MAY, new Date())))
    await cancelCampaign(db, campaign, new Date())
    const late = await claimBatch(db, campaign, MAY, new Date())
    expect(late).toBeNull()
    const claimed = (await claims).reduce((sum, batch) => sum + (batch?.claimed.length ?? 0), 0)
    expect((await countStates(db, campaign)).sending ?? 0).toBe(claimed)
  })

  test('paused: nothing is claimed until it is resumed', async () => {
    const campaign = await frozenCampaign(db, { customers })
    await pauseCampaign(db, campaign, new Date())
    expect(await claimBatch(db, campaign, MAY, new Date())).toBeNull()
    expect(await nextStep(db, campaign, new Date())).toEqual({ step: 'wait', until: null })
    await resumeCampaign(db, campaign, new Date())
    expect((await claimBatch(db, campaign, MAY, new Date()))?.claimed).toHaveLength(BATCH)
  })

  test('who unsubscribes or withdraws consent in the middle gets nothing more, and it says why', async () => {
    const campaign = await frozenCampaign(db, { customers })
    const ids = await rows<{ id: number }>(db, 'SELECT id FROM customers ORDER BY id DESC LIMIT 3')
    const [leaver, refuser, bouncer] = ids.map(({ id }) => id)
    const { channel, taken } = recordingChannel(async () => {
      if (taken.length === 10) {
        const key = { customerId: leaver ?? 0, providerId: 0, channel: 'email' } as const
        await suppress(db, key, { reason: 'unsubscribed', source: 'test' }, new Date())
        await suppress(db, { ...key, customerId: bouncer ?? 0 }, { reason: 'complained', source: 'test' }, new Date())
        await db('consents').where({ customer_id: refuser }).update({ given: false })
      }
      return SENT
    })
    await deliverDue(db, campaign, attempt(channel))
    const out = await rows<{ customer_id: number; reason: string }>(
      db,
      "SELECT customer_id, reason FROM deliveries WHERE campaign_id = ? AND state = 'cancelled' ORDER BY customer_id",
      [campaign],
    )
    expect(out).toEqual([
      { customer_id: bouncer, reason: 'suppressed' },
      { customer_id: refuser, reason: 'no_consent' },
      { customer_id: leaver, reason: 'unsubscribed' },
    ])
    expect(taken).toHaveLength(CUSTOMERS - 3)
    await db('consents').update({ given: true })
  })

  test('an attempt that died: its batch is unconfirmed, shown, and goes again only by hand', async () => {
    const campaign = await frozenCampaign(db, { customers: customers.slice(0, 60) })
    await claimBatch(db, campaign, MAY, new Date())
    const { channel, taken } = recordingChannel()
    await deliverDue(db, campaign, attempt(channel))
    expect(taken).toHaveLength(60 - BATCH)
    expect(await countStates(db, campaign)).toEqual({ sent: 60 - BATCH, unconfirmed: BATCH })
    await finishCampaign(db, campaign, new Date())
    expect(await getCampaign(db, campaign)).toMatchObject({ state: 'sent', unconfirmed: BATCH, failed: 0 })

    const [one] = await rows<{ id: number }>(db, "SELECT id FROM deliveries WHERE state = 'unconfirmed' ORDER BY id")
    await db('workflow_outbox').delete()
    await resendDelivery(db, one?.id ?? 0, new Date())
    expect(await db('workflow_outbox').select('workflow_id')).toEqual([{ workflow_id: `campaign-${campaign}` }])
    await deliverDue(db, campaign, attempt(channel))
    expect(await countStates(db, campaign)).toEqual({ sent: 61 - BATCH, unconfirmed: BATCH - 1 })
    await expect(resendDelivery(db, one?.id ?? 0, new Date())).rejects.toMatchObject({ code: 'conflict' })
  })

  test('results of an attempt that was only slow still count, unless the mail went again by hand', async () => {
    const campaign = await frozenCampaign(db, { customers: customers.slice(0, 3) })
    const slow = await claimBatch(db, campaign, MAY, new Date())
    expect(await abandonClaims(db, campaign, new Date())).toBe(3)
    const [first] = slow?.claimed ?? []
    await resendDelivery(db, first?.id ?? 0, new Date())
    const results = (slow?.claimed ?? []).map((delivery) => ({ delivery, outcome: SENT, at: new Date() }))
    await writeOutcomes(db, slow?.token ?? Buffer.alloc(16), results, new Date())
    expect(await countStates(db, campaign)).toEqual({ queued: 1, sent: 2 })
  })

  test('a campaign whose segment is gone fails and says so', async () => {
    const at = new Date()
    const rule = { rule: '{"all":[]}', version: 1, recalculation: '{"mode":"live"}', created_at: at, updated_at: at }
    await db('segments').insert({ key: 'gone', name: 'Gone', scope: 'business', ...rule })
    const campaign = await campaignTo(db, { segment: 'gone' })
    await db('segments').delete()
    await freezeAudience(db, campaign, new Date())
    expect(await getCampaign(db, campaign)).toMatchObject({
      state: 'failed',
      failure: 'no_segment: There is no segment gone',
    })
    expect((await nextStep(db, campaign, new Date())).step).toBe('end')
  })

  test('results outlive a database that is away for a moment', async () => {
    const campaign = await frozenCampaign(db, { customers: customers.slice(0, 5) })
    const { channel, taken } = recordingChannel(async () => {
      // all connections of the pool break between the answer of the mail server and our note of it
      if (taken.length === 5) {
        const own = await rows<{ id: number }>(
          db,
          'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
        )
        for (const { id } of own) await db.raw(`KILL ${id}`).catch(() => {})
      }
      return SENT
    })
    const pool = openDatabase(database.url, 1)
    await deliverDue(pool, campaign, attempt(channel))
    await pool.destroy()
    expect(await countStates(db, campaign)).toEqual({ sent: 5 })
  })
})
