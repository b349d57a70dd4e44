import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from '../support/sending.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a machine that stood still while a message was made costs nobody a message: it is made again later', async () => {
  const { db } = database
  const customers = await insertCustomers(db, 3)
  const now = new Date('2026-06-10T10:00:00.000Z')
  const campaign = await frozenCampaign(db, { customers }, now)
  const { channel, taken } = recordingChannel()
  // each look at the clock finds that two seconds have passed, twice what a rendering may take
  const real = performance.now.bind(performance)
  let looks = 0
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => real() + 2_000 * looks++)
  await deliverDue(
    db,
    campaign,
    attempt(channel, () => now),
  )
  clock.mockRestore()
  const states = () =>
    rows<{ state: string; due: Date | null; reason: string | null }>(
      db,
      'SELECT state, due_at AS due, reason FROM deliveries ORDER BY id',
    )
  expect(taken).toEqual([])
  for (const { state, due, reason } of await states()) {
    expect([state, reason]).toEqual(['queued', expect.stringMatching(/^not_made: .*limit exceeded/)])
    expect(due?.getTime()).toBeGreaterThan(now.getTime())
  }
  const later = new Date('2026-06-10T12:00:00.000Z')
  await deliverDue(
    db,
    campaign,
    attempt(channel, () => later),
  )
  expect(taken.map(({ to }) => to).sort()).toEqual(['c0@mail.test', 'c1@mail.test', 'c2@mail.test'])
  expect((await states()).map(({ state, reason }) => [state, reason])).toEqual(Array(3).fill(['sent', null]))
})
