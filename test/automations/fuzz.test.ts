import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startHook } from '../support/randomAutomations/play.ts'
import { runSideBySide } from '../support/randomAutomations/sideBySide.ts'

/** So many automations run side by side. */
const AT_ONCE = 40
const RUNS = (process.env.PERENNIAL_LONG === '1' ? 5_000 : 200) / AT_ONCE

let database: TestDatabase
let hook: Awaited<ReturnType<typeof startHook>>
beforeAll(async () => {
  database = await createTestDatabase()
  await readSettings(database.db)
  hook = await startHook()
})
afterAll(async () => {
  hook.close()
  await database.drop()
})

test.each(Array.from({ length: RUNS }, (_, run) => run + 1))(
  'automations over random lives do what walking each customer alone says: run %i',
  async (run) => {
    const { differences, moved, walked, really } = await runSideBySide(database.db, run, { automations: AT_ONCE, hook })
    for (const { actual, expected } of differences) expect(actual).toEqual(expected)
    expect(really).toEqual(walked)
    expect(moved).toBeGreaterThan(AT_ONCE / 2)
  },
  600_000,
)
