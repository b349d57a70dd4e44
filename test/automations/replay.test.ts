import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { startHook } from '../support/randomAutomations/play.ts'
import { replayLived } from '../support/randomAutomations/replayed.ts'

const AT_ONCE = 12
const RUNS = process.env.PERENNIAL_LONG === '1' ? 40 : 1

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
  'a replay tells of every way that was gone, from when it began to how it ended: run %i',
  async (run) => {
    const compared = await replayLived(database.db, run, { automations: AT_ONCE, hook })
    for (const { context, state, told, gone } of compared) {
      expect({ ...context, state, ways: told }).toEqual({ ...context, state: 'done', ways: gone })
    }
    expect(compared.flatMap(({ gone }) => gone).length).toBeGreaterThan(AT_ONCE)
  },
  600_000,
)
