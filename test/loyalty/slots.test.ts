import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { clearCancelled } from '../../domain/campaigns/clearCancelled.ts'
import { finishCampaign } from '../../domain/campaigns/finishCampaign.ts'
import { freezeAudience } from '../../domain/campaigns/freezeAudience.ts'
import { readLoyalty } from '../../domain/campaigns/loyalty/readLoyalty.ts'
import { getCampaign } from '../../domain/campaigns/readCampaigns.ts'
import { cancelCampaign, pauseCampaign, resumeCampaign } from '../../domain/campaigns/steerCampaign.ts'
import { type Database, openDatabase, rows } from '../../domain/database.ts'
import type { Outcome } from '../../domain/deliveries/channels/channel.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { resendDelivery } from '../../domain/deliveries/resendDelivery.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles, loyaltyMailing, takenSlots } from '../support/loyalty.ts'
import { attempt, recordingChannel } from '../support/sending.ts'

/** A Wednesday. */
const NOW = new Date('2026-12-02T10:00:00Z')
const SUNDAY = new Date('2026-12-06T22:59:59Z')
const MONDAY = new Date('2026-12-06T23:00:00Z')
const REFUSED: Outcome = { state: 'bounced', reason: '550 5.1.1 nobody' }

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await insertClienteles(db, 8)
})
afterEach(async () => {
  await db('campaigns').delete()
  await db('suppressions').delete()
  await changeSettings(db, { timeZone: 'Europe/Berlin' }, NOW)
})
afterAll(() => database.drop())
beforeAll(async () => {
  await changeSettings(db, { timeZone: 'Europe/Berlin' }, NOW)
})

const refusal = (on: string, at: string) => ({ code: 'conflict', extra: { next_at: at, next_on: on } })

describe('one loyalty mailing per provider, segment and week', () => {
  test('the second is refused until the next Monday, local time; other segments and providers are free', async () => {
    await loyaltyMailing(db, NOW)
    await expect(loyaltyMailing(db, SUNDAY)).rejects.toMatchObject(refusal('2026-12-07', '2026-12-06T23:00:00.000Z'))
    await loyaltyMailing(db, NOW, { segment: 'loyalty-new' })
    await loyaltyMailing(db, NOW, { provider: 'ben' })
    await loyaltyMailing(db, MONDAY)
    expect(await takenSlots(db)).toEqual([
      'anna loyalty-loyal 2026-W49',
      'anna loyalty-loyal 2026-W50',
      'anna loyalty-new 2026-W49',
      'ben loyalty-loyal 2026-W49',
    ])
    expect(await db('campaigns').select('id')).toHaveLength(4)
  })

  test('one that is planned has the slot of its own week, and the next free one comes after those that are planned', async () => {
    await loyaltyMailing(db, NOW, { sendAt: MONDAY })
    await loyaltyMailing(db, NOW)
    await expect(loyaltyMailing(db, NOW)).rejects.toMatchObject(refusal('2026-12-14', '2026-12-13T23:00:00.000Z'))
    const { week, segments } = await readLoyalty(db, 'anna', NOW)
    expect(week).toBe('2026-W49')
    const loyal = segments.find(({ key }) => key === 'loyalty-loyal')
    expect(loyal).toMatchObject({ members: 4, next: { on: '2026-12-14' }, mailing: { name: 'Thank you' } })
    expect(segments.find(({ key }) => key === 'loyalty-new')).toMatchObject({ next: null, mailing: null })
  })

  test('the last week of a year of 53, and the first one after it', async () => {
    await loyaltyMailing(db, new Date('2026-12-29T10:00:00Z'))
    await expect(loyaltyMailing(db, new Date('2027-01-03T22:00:00Z'))).rejects.toMatchObject(
      refusal('2027-01-04', '2027-01-03T23:00:00.000Z'),
    )
    await loyaltyMailing(db, new Date('2027-01-03T23:00:00Z'))
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W53', 'anna loyalty-loyal 2027-W01'])
  })

  test('weeks with a clock change end at local midnight', async () => {
    await loyaltyMailing(db, new Date('2026-10-21T10:00:00Z'))
    await expect(loyaltyMailing(db, new Date('2026-10-25T22:30:00Z'))).rejects.toMatchObject(
      refusal('2026-10-26', '2026-10-25T23:00:00.000Z'),
    )
    await loyaltyMailing(db, new Date('2026-10-25T23:00:00Z'))
  })

  test('of forty at once, over four connections pools, one is made; nothing of the others stays', async () => {
    const pools = Array.from({ length: 4 }, () => openDatabase(database.url, 5))
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => loyaltyMailing(pools[index % 4] as Database, NOW)),
    )
    await Promise.all(pools.map((pool) => pool.destroy()))
    const refused = all.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
    expect(refused).toHaveLength(39)
    for (const { reason } of refused) expect(reason).toMatchObject(refusal('2026-12-07', '2026-12-06T23:00:00.000Z'))
    expect(await db('campaigns').select('id')).toHaveLength(1)
    expect(await db('workflow_outbox').count('* as n')).toEqual([{ n: expect.any(Number) }])
  })
})

describe('a quota is never spent for nothing', () => {
  test('cancelled before it was prepared, or before anything was sent', async () => {
    const first = await loyaltyMailing(db, NOW)
    await cancelCampaign(db, first, NOW)
    expect(await takenSlots(db)).toEqual([])
    const second = await loyaltyMailing(db, NOW)
    await freezeAudience(db, second, NOW)
    await cancelCampaign(db, second, NOW)
    expect(await takenSlots(db)).toEqual([])
    await clearCancelled(db, second, NOW)
    const third = await loyaltyMailing(db, NOW)
    await cancelCampaign(db, second, NOW)
    expect(await db('loyalty_slots').select('campaign_id')).toEqual([{ campaign_id: third }])
  })

  test('cancelled after somebody got it: the week is over for this segment', async () => {
    const campaign = await loyaltyMailing(db, NOW)
    await freezeAudience(db, campaign, NOW)
    const { channel } = recordingChannel(async () => {
      await cancelCampaign(db, campaign, NOW)
      return { state: 'sent', response: '250 ok' }
    })
    await deliverDue(
      db,
      campaign,
      attempt(channel, () => NOW),
    )
    await clearCancelled(db, campaign, NOW)
    await finishCampaign(db, campaign, NOW)
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W49'])
  })

  test('frozen to nobody', async () => {
    await db.raw(
      "INSERT INTO suppressions (customer_id, channel, reason, source, created_at) SELECT id, 'email', 'by_hand', 'test', ? FROM customers",
      [NOW],
    )
    const campaign = await loyaltyMailing(db, NOW)
    await freezeAudience(db, campaign, NOW)
    await finishCampaign(db, campaign, NOW)
    expect(await getCampaign(db, campaign)).toMatchObject({ state: 'sent', total: 0 })
    expect(await takenSlots(db)).toEqual([])
  })

  test('refused by every mail server; one of them sent again takes the slot again, if it is still free', async () => {
    const campaign = await loyaltyMailing(db, NOW)
    await freezeAudience(db, campaign, NOW)
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel(() => REFUSED).channel, () => NOW),
    )
    await finishCampaign(db, campaign, NOW)
    expect(await takenSlots(db)).toEqual([])
    const [first, second] = await rows<{ id: number }>(db, 'SELECT id FROM deliveries ORDER BY id')
    await resendDelivery(db, first?.id ?? 0, NOW)
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W49'])
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel(() => REFUSED).channel, () => NOW),
    )
    await finishCampaign(db, campaign, NOW)
    await loyaltyMailing(db, NOW)
    await expect(resendDelivery(db, second?.id ?? 0, NOW)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db('deliveries').where({ id: second?.id }).select('state')).toEqual([{ state: 'bounced' }])
  })

  test('its preparation fails', async () => {
    const campaign = await loyaltyMailing(db, NOW)
    await db('providers').where({ external_id: 'anna' }).update({ known: false })
    await freezeAudience(db, campaign, NOW)
    await db('providers').where({ external_id: 'anna' }).update({ known: true })
    expect(await getCampaign(db, campaign)).toMatchObject({
      state: 'failed',
      failure: 'no_provider: There is no provider anna',
    })
    expect(await takenSlots(db)).toEqual([])
  })
})

describe('the week in which it is sent', () => {
  test('paused over the end of its week before it began: it takes the next week, and gives its own back', async () => {
    const campaign = await loyaltyMailing(db, NOW)
    await pauseCampaign(db, campaign, NOW)
    await resumeCampaign(db, campaign, MONDAY)
    await freezeAudience(db, campaign, MONDAY)
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W50'])
  })

  test('if that week has its mailing by then, it fails and says so', async () => {
    const campaign = await loyaltyMailing(db, NOW)
    await pauseCampaign(db, campaign, NOW)
    const other = await loyaltyMailing(db, MONDAY)
    await resumeCampaign(db, campaign, MONDAY)
    await freezeAudience(db, campaign, MONDAY)
    expect(await getCampaign(db, campaign)).toMatchObject({
      state: 'failed',
      failure: 'week_taken: 2026-12-14',
    })
    expect(await db('loyalty_slots').select('campaign_id')).toEqual([{ campaign_id: other }])
  })

  test('paused in the middle it goes on in its own slot', async () => {
    const campaign = await loyaltyMailing(db, NOW)
    await freezeAudience(db, campaign, NOW)
    await pauseCampaign(db, campaign, NOW)
    await resumeCampaign(db, campaign, MONDAY)
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel().channel, () => MONDAY),
    )
    await finishCampaign(db, campaign, MONDAY)
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W49'])
  })

  test('another time zone moves what is planned and what has gone to the weeks in which they fall there', async () => {
    await loyaltyMailing(db, SUNDAY)
    await changeSettings(db, { timeZone: 'Asia/Tokyo' }, SUNDAY)
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W50'])
    await expect(loyaltyMailing(db, SUNDAY)).rejects.toMatchObject(refusal('2026-12-14', '2026-12-13T15:00:00.000Z'))
    await changeSettings(db, { timeZone: 'Europe/Berlin' }, SUNDAY)
    expect(await takenSlots(db)).toEqual(['anna loyalty-loyal 2026-W49'])
  })

  test('two that fall into one week there: the earlier has the slot, the other fails when its time comes', async () => {
    const first = await loyaltyMailing(db, SUNDAY)
    const later = new Date('2026-12-08T10:00:00Z')
    const second = await loyaltyMailing(db, SUNDAY, { sendAt: later })
    await changeSettings(db, { timeZone: 'Asia/Tokyo' }, SUNDAY)
    expect(await db('loyalty_slots').select('campaign_id', 'week')).toEqual([{ campaign_id: first, week: '2026-W50' }])
    await freezeAudience(db, second, later)
    expect(await getCampaign(db, second)).toMatchObject({ state: 'failed' })
  })
})
