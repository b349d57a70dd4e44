/**
 * Random histories: after every step the members that refreshes have kept, a fresh evaluation of everything, and the
 * naive oracle agree. Many histories stand side by side in one database and share its statements.
 *
 * PERENNIAL_HISTORIES says how many (300; 20,000 in the long run), PERENNIAL_SEED which ones.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { FuzzRun } from '../support/world/fuzzRun.ts'
import { ZONES } from '../support/world/zones.ts'

const LONG = process.env.PERENNIAL_LONG === '1'
const HISTORIES = Number(process.env.PERENNIAL_HISTORIES ?? (LONG ? 20_000 : 300))
const SIDE_BY_SIDE = 75

/** Seeds that once failed and stand for more than one mistake (facts.test.ts has the single ones): they run first, for ever. */
const FOUND: readonly number[] = [32]

const first = Number(process.env.PERENNIAL_SEED ?? 1)
const fresh = Array.from({ length: Math.ceil(HISTORIES / SIDE_BY_SIDE) }, (_, index) => first + index)

describe('random histories', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  for (const seed of new Set([...FOUND, ...fresh])) {
    const timeZone = ZONES[seed % ZONES.length] ?? 'UTC'
    test(`seed ${seed}: ${SIDE_BY_SIDE} histories in ${timeZone}`, async () => {
      const run = await FuzzRun.begin(database.db, seed, timeZone, SIDE_BY_SIDE)
      await run.play()
      expect(run.changes).toBeGreaterThan(0)
    }, 300_000)
  }
})
