import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { removeContact } from '../../domain/audiences/removeContact.ts'
import { clearCancelled } from '../../domain/campaigns/clearCancelled.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { cancelCampaign } from '../../domain/campaigns/steerCampaign.ts'
import { type Database, rows } from '../../domain/database.ts'
import { abandonClaims } from '../../domain/deliveries/abandonClaims.ts'
import type { Outcome } from '../../domain/deliveries/channels/channel.ts'
import { claimBatch } from '../../domain/deliveries/claimBatch.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { getDelivery } from '../../domain/deliveries/listDeliveries.ts'
import { markDelivered } from '../../domain/deliveries/markDelivered.ts'
import { recordStatus } from '../../domain/deliveries/recordStatus.ts'
import { resendDelivery } from '../../domain/deliveries/resendDelivery.ts'
import { suppress } from '../../domain/suppressions/suppress.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles, loyaltyMailing } from '../support/loyalty.ts'
import { randomFrom } from '../support/random.ts'
import { attempt, recordingChannel } from '../support/sending.ts'

const NOW = new Date('2026-12-02T10:00:00Z')
const DAY = 86_400_000
const VOUCHER = { kind: 'voucher', amount: 500, valid_to: '2026-12-31' } as const

let database: TestDatabase
let db: Database
let may: Parameters<typeof claimBatch>[2]
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  const { providerIds } = await insertClienteles(db, 24)
  may = { channel: 'email', providerId: providerIds.anna ?? 0, kind: 'loyalty', mailUnknownConsent: false }
})
afterEach(async () => {
  await db('rewards').delete()
  await db('campaigns').delete()
  await db('suppressions').delete()
  await db('dirty_relationships').delete()
  await db('facts_in_use').update({ in_use: false })
})
afterAll(() => database.drop())

async function frozen(reward: Parameters<typeof loyaltyMailing>[2] = { reward: VOUCHER }): Promise<number> {
  const campaign = await loyaltyMailing(db, NOW, reward)
  await freezeAudience(db, campaign, NOW)
  return campaign
}

const states = async () =>
  Object.fromEntries(
    (
      await rows<{ state: string; count: number }>(
        db,
        'SELECT state, COUNT(*) AS count FROM rewards GROUP BY state ORDER BY state',
      )
    ).map(({ state, count }) => [state, count]),
  )

const send = (campaign: number, answer?: (to: string) => Outcome, now = NOW) =>
  deliverDue(
    db,
    campaign,
    attempt(recordingChannel(answer && (({ to }) => answer(to))).channel, () => now),
  )

describe('a reward belongs to its message', () => {
  test('reserved with it, one for each recipient of this provider and nobody else', async () => {
    const campaign = await frozen()
    await freezeAudience(db, campaign, NOW)
    expect(await states()).toEqual({ reserved: 12 })
    const [odd] = await rows<{ n: number }>(
      db,
      `SELECT COUNT(*) AS n FROM rewards r JOIN deliveries d ON d.id = r.delivery_id
       WHERE d.customer_id <> r.customer_id OR r.campaign_id <> d.campaign_id OR r.provider_id <> ?`,
      [may.providerId],
    )
    expect(odd).toEqual({ n: 0 })
    const [delivery] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries ORDER BY id')
    expect((await getDelivery(db, delivery?.id ?? 0)).reward).toEqual({
      id: expect.any(String),
      ...{ kind: 'voucher', amount: 500, percent: null, ceiling: null, minutes: null, state: 'reserved' },
      ...{ valid_from: '2026-12-02', valid_to: '2026-12-31' },
    })
    expect(await db('dirty_relationships').select('id')).toEqual([])
  })

  test('active once it was handed over, given back on a bounce; rules are told of both', async () => {
    await db('facts_in_use').where({ fact: 'reward' }).update({ in_use: true })
    const campaign = await frozen()
    await send(campaign, (to) =>
      to === 'c0@mail.test' ? { state: 'bounced', reason: '550 5.1.1 nobody' } : { state: 'sent', response: '250 ok' },
    )
    expect(await states()).toEqual({ active: 11, given_back: 1 })
    const marked = await rows<{ n: number }>(
      db,
      'SELECT COUNT(DISTINCT customer_id) AS n FROM dirty_relationships WHERE provider_id = ?',
      [may.providerId],
    )
    expect(marked).toEqual([{ n: 11 }])
    expect((await getCampaign(db, campaign)).reward).toMatchObject({ amount: 500, active: 11, given_back: 1, used: 0 })
  })

  test('put off by a mail server it stays reserved; cancelled it is given back', async () => {
    const campaign = await frozen()
    await send(campaign, () => ({ state: 'deferred', reason: '450 later', connection: false }))
    expect(await states()).toEqual({ reserved: 12 })
    await cancelCampaign(db, campaign, NOW)
    await clearCancelled(db, campaign, NOW)
    expect(await states()).toEqual({ given_back: 12 })
  })

  test('who unsubscribes from the provider before the claim gets neither message nor reward', async () => {
    const campaign = await frozen()
    const [first] = await rows<{ customer_id: number }>(db, 'SELECT customer_id FROM deliveries ORDER BY id')
    const key = {
      customerId: first?.customer_id ?? 0,
      providerId: may.providerId,
      channel: 'email',
      kind: 'all',
    } as const
    await suppress(db, key, { reason: 'by_hand', source: 'test' }, NOW)
    await send(campaign)
    expect(await states()).toEqual({ active: 11, given_back: 1 })
  })

  test('taken out of the audience by hand, or bounced after all: given back', async () => {
    const campaign = await frozen()
    const [audience] = await rows<{ id: number }>(db, 'SELECT id FROM audiences WHERE campaign_id = ?', [campaign])
    await removeContact(db, audience?.id ?? 0, 'c0', 'somebody', NOW)
    await send(campaign)
    expect(await states()).toEqual({ active: 11, given_back: 1 })
    const [sent] = await rows<{ id: number }>(db, "SELECT id FROM deliveries WHERE state = 'sent' ORDER BY id")
    await db('deliveries').where({ id: sent?.id }).update({ message_id: 'late' })
    await recordStatus(db, 'late', { state: 'failed', reason: 'gone' }, NOW)
    expect(await states()).toEqual({ active: 10, given_back: 2 })
  })

  test('unconfirmed: what may have been promised holds, also while the message goes again', async () => {
    const campaign = await frozen()
    await claimBatch(db, campaign, may, NOW)
    await abandonClaims(db, campaign, NOW)
    expect(await states()).toEqual({ active: 12 })
    const [first] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries ORDER BY id')
    await resendDelivery(db, first?.id ?? 0, NOW)
    expect(await states()).toEqual({ active: 12 })
    await send(campaign, () => ({ state: 'bounced', reason: '550 5.1.1 nobody' }))
    expect(await states()).toEqual({ active: 11, given_back: 1 })
    await resendDelivery(db, first?.id ?? 0, NOW)
    expect(await states()).toEqual({ active: 11, reserved: 1 })
  })

  test('the notice of its arrival is enough', async () => {
    const campaign = await frozen()
    await claimBatch(db, campaign, may, NOW)
    await db.raw("UPDATE deliveries SET message_id = CONCAT('m', id)")
    const [first] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries ORDER BY id')
    await markDelivered(db, `m${first?.id}`, NOW)
    expect(await states()).toEqual({ active: 1, reserved: 11 })
    expect(await db('deliveries').where({ campaign_id: campaign, state: 'delivered' }).select('id')).toHaveLength(1)
  })

  test('what was used stays used, whatever becomes of the message', async () => {
    const campaign = await frozen()
    await send(campaign)
    await db('rewards').update({ state: 'used', used_at: NOW })
    const [first] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries ORDER BY id')
    await db('deliveries').where({ id: first?.id }).update({ state: 'bounced' })
    await resendDelivery(db, first?.id ?? 0, NOW)
    expect(await states()).toEqual({ used: 12 })
  })
})

describe('its period', () => {
  const period = async () =>
    (
      await rows<{ period: string }>(
        db,
        "SELECT DISTINCT CONCAT(valid_from, ' to ', valid_to) AS period FROM rewards ORDER BY period",
      )
    ).map((row) => row.period)

  test('of so many days begins on the day on which the message goes out', async () => {
    const campaign = await frozen({ reward: { kind: 'free_minutes', minutes: 20, valid_days: 14 } })
    expect(await period()).toEqual(['2026-12-02 to 2026-12-15'])
    await send(campaign, undefined, new Date(NOW.getTime() + 3 * DAY))
    expect(await period()).toEqual(['2026-12-05 to 2026-12-18'])
    expect(await states()).toEqual({ active: 12 })
  })

  test('over before the message goes out: nobody is promised what they can’t use', async () => {
    const campaign = await frozen({ reward: { ...VOUCHER, valid_to: '2026-12-03' } })
    const { channel, taken } = recordingChannel()
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => new Date('2026-12-04T00:00:00Z')),
    )
    expect(taken).toEqual([])
    expect(await states()).toEqual({ given_back: 12 })
    expect(await db('deliveries').distinct('state', 'reason')).toEqual([
      { state: 'cancelled', reason: 'reward_expired' },
    ])
  })
})

describe('whatever happens', () => {
  test('reserved + active + used + given back = made, and each is what its message says', async () => {
    const random = randomFrom(22)
    for (let round = 0; round < 12; round++) {
      const campaign = await frozen({ reward: { ...VOUCHER, valid_to: random.pick(['2026-12-03', '2026-12-31']) } })
      const used = new Set<number>()
      let now = NOW
      for (let step = 0; step < 8; step++) {
        now = new Date(now.getTime() + random.int(0, DAY))
        await happen(campaign, now, used)
        await expectNaive(campaign, used)
      }
      await db('rewards').delete()
      await db('campaigns').delete()
      await db('suppressions').delete()
    }

    async function happen(campaign: number, now: Date, used: Set<number>): Promise<void> {
      const found = await rows<{ id: number; state: string }>(db, 'SELECT id, state FROM deliveries ORDER BY id')
      const any = random.pick(found)
      switch (random.int(0, 6)) {
        case 0:
        case 1:
          return send(campaign, () => random.pick(OUTCOMES), now)
        case 2:
          await claimBatch(db, campaign, may, now)
          return
        case 3:
          await abandonClaims(db, campaign, now)
          return
        case 4:
          return resendDelivery(db, any.id, now).catch(() => {})
        case 5:
          if (random.chance(0.2)) await cancelCampaign(db, campaign, now).catch(() => {})
          return clearCancelled(db, campaign, now)
        default:
          if (await db('rewards').where({ delivery_id: any.id, state: 'active' }).update({ state: 'used' })) {
            used.add(any.id)
          }
      }
    }

    async function expectNaive(campaign: number, used: ReadonlySet<number>): Promise<void> {
      const found = await rows<{ id: number; message: string; reward: string }>(
        db,
        `SELECT d.id, d.state AS message, r.state AS reward FROM deliveries d JOIN rewards r ON r.delivery_id = d.id
         WHERE d.campaign_id = ?`,
        [campaign],
      )
      expect(found).toHaveLength(12)
      for (const { id, message, reward } of found) {
        const waits = message === 'queued' || message === 'sending'
        const promised = ['sent', 'delivered', 'unconfirmed'].includes(message)
        const expected = used.has(id)
          ? ['used']
          : waits
            ? ['reserved', 'active']
            : promised
              ? ['active']
              : ['given_back']
        expect(expected).toContain(reward)
      }
      const reward = (await getCampaign(db, campaign)).reward
      const { reserved = 0, active = 0, used: spent = 0, given_back = 0 } = reward ?? {}
      expect(reserved + active + spent + given_back).toBe(12)
      expect({ reserved, active, used: spent, given_back }).toMatchObject(await states())
    }
  })
})

const OUTCOMES: readonly Outcome[] = [
  { state: 'sent', response: '250 ok' },
  { state: 'bounced', reason: '550 5.1.1 nobody' },
  { state: 'deferred', reason: '450 later', connection: false },
  { state: 'unconfirmed', reason: 'silence' },
]
