import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { redeem } from '../../domain/redemptions/redeem.ts'
import { giveReward } from '../../domain/rewards/giveReward.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { automationOf, playUntil, waysOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { recordingChannel } from '../support/sending.ts'

const NOW = new Date('2026-12-01T10:00:00.000Z')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('who uses a reward enters once for each use, and not because the price of the booking changes', async () => {
  const { db } = database
  await readSettings(db)
  const clock = { now: NOW }
  const until = (instant: string) => playUntil(db, new Date(instant), { clock, channel: recordingChannel().channel })
  const book = (id: string, price: number) => {
    const item = { id, customer: 'anna', provider: 'mara', starts_at: '2026-12-02T12:00:00Z', minutes: 60, price }
    return ingest(db, { bookings: [{ index: 0, item: { ...item, state: 'booked' } }] }, clock.now)
  }
  await ingest(
    db,
    { customers: [{ index: 0, item: { id: 'anna' } }], providers: [{ index: 0, item: { id: 'mara', name: 'Mara' } }] },
    NOW,
  )
  await automationOf(
    db,
    {
      scope: 'provider',
      when: { on: 'reward_used' },
      again: 'each',
      at_once: true,
      then: [{ id: 'day', wait: { days: 1 } }],
    },
    NOW,
  )
  const [pair] = await rows<{ customerId: number; providerId: number }>(
    db,
    `SELECT c.id AS customerId, p.id AS providerId FROM customers c JOIN providers p ON p.external_id = 'mara'
     WHERE c.external_id = 'anna'`,
  )
  if (pair === undefined) throw new Error('nobody is there')
  const voucher = { kind: 'voucher', percent: 10, valid_from: '2026-12-01', valid_to: '2026-12-31' } as const
  const states = async () => (await waysOf(db)).map(({ customer, state }) => `${customer} ${state}`)
  const till = { by: 'till', providerId: null }

  await giveReward(db, pair, voucher, 'test', NOW)
  await book('b1', 5_000)
  await until('2026-12-01T10:10:00Z')
  expect(await states()).toEqual([])
  await redeem(db, 'b1', till, clock.now)
  // asked again, it was used before
  await redeem(db, 'b1', till, clock.now)
  await until('2026-12-01T10:20:00Z')
  expect(await states()).toEqual(['anna at day'])
  await book('b1', 6_000)
  await until('2026-12-01T10:30:00Z')
  expect(await states()).toEqual(['anna at day'])
  await giveReward(db, pair, voucher, 'test', NOW)
  await book('b2', 5_000)
  await redeem(db, 'b2', till, clock.now)
  await until('2026-12-01T10:40:00Z')
  expect(await states()).toEqual(['anna at day', 'anna at day'])
})
