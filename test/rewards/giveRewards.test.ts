import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { checkReward } from '../../domain/rewards/checkReward.ts'
import { type Gift, giveRewards } from '../../domain/rewards/giveRewards.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertClienteles } from '../support/loyalty.ts'

const NOW = new Date('2026-12-02T10:00:00Z')
const MOMENT = { today: '2026-12-02', now: NOW }

let database: TestDatabase
let db: Database
let gift: Gift
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  const { providerIds } = await insertClienteles(db, 6)
  const customers = await rows<{ id: number }>(db, 'SELECT id FROM customers ORDER BY id')
  const recipients = customers.map(({ id }, index) => ({
    enrolment: index + 1,
    customerId: id,
    providerId: providerIds.anna ?? 0,
  }))
  const reward = checkReward({ kind: 'free_minutes', minutes: 15, valid_days: 30 }, MOMENT.today)
  gift = { automation: '7', step: 'minutes', reward, recipients }
})
afterAll(() => database.drop())

const given = () =>
  rows<Record<string, unknown>>(
    db,
    `SELECT step, state, minutes, valid_from, valid_to, automation_id, COUNT(*) AS count FROM rewards
     GROUP BY step, state, minutes, valid_from, valid_to, automation_id ORDER BY step`,
  )

test('each of a group gets the reward of a step once, however often the step is tried, also at once', async () => {
  const give = () => db.transaction((trx) => giveRewards(trx, gift, MOMENT))
  expect(await give()).toBe(true)
  await Promise.all([give(), give()])
  const line = { state: 'active', minutes: 15, valid_from: '2026-12-02', valid_to: '2026-12-31', automation_id: '7' }
  expect(await given()).toEqual([{ step: 'minutes', ...line, count: 6 }])
  await giveRewards(db, { ...gift, step: 'more' }, MOMENT)
  expect(await given()).toEqual([
    { step: 'minutes', ...line, count: 6 },
    { step: 'more', ...line, count: 6 },
  ])
})

test('rules that ask for rewards are told; else only of those who become the provider’s customers by it', async () => {
  const marked = () => rows(db, 'SELECT DISTINCT customer_id FROM dirty_relationships')
  expect(await marked()).toHaveLength(3)
  await db('dirty_relationships').delete()
  await db('facts_in_use').where({ fact: 'reward' }).update({ in_use: true })
  await giveRewards(db, { ...gift, step: 'told' }, MOMENT)
  expect(await marked()).toHaveLength(6)
})

test('nobody gets a reward whose last day is over', async () => {
  const over = checkReward({ kind: 'voucher', amount: 500, valid_to: '2026-12-01' }, '2026-11-01')
  expect(await giveRewards(db, { ...gift, step: 'over', reward: over }, MOMENT)).toBe(false)
  expect((await given()).map(({ step }) => step)).not.toContain('over')
})
