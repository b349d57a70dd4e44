import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { play } from '../faults/play.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createNamespace, temporalAddress } from '../support/temporal.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('two API and two worker processes, one killed every few seconds: nothing lost, nothing twice', async () => {
  const { faults, kills, strange, ...figures } = await play({
    roles: ['api', 'api', 'worker', 'worker'],
    places: [{ databaseUrl: database.url, temporalAddress: temporalAddress() }],
    ...{ namespace: await createNamespace(), seconds: 60, pause: 3, seed: 20_261_201 },
    say: (line) => process.stderr.write(`${line}\n`),
  })
  process.stderr.write(`${kills.length} kills, ${JSON.stringify(figures)}\n`)
  expect(faults).toEqual([])
  expect(strange).toEqual([])
  expect(new Set(kills)).toEqual(new Set(['api', 'worker']))
  expect(figures.redemptions).toBeGreaterThan(0)
}, 600_000)
