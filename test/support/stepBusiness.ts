import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { type Database, execute } from '../../domain/database.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import type { Automation, Step } from '../../rules/automations/automation.ts'
import { playUntil, templateOf } from './automations.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { insertCustomers, recordingChannel } from './sending.ts'

export const NOW = new Date('2026-06-10T10:00:00.000Z')
export const at = (text: string) => new Date(`${text}:00.000Z`)

const begins = { scope: 'business', when: { on: 'event', name: 'go' }, again: 'each' } as const
/** An automation of some steps, which begins with the event `go`. */
export const of = (then: Step[], more: Partial<Automation> = {}): Automation => ({ ...begins, then, ...more })

/**
 * A small business for the tests of single steps, set up anew before each of them: c0, c1, c2 and c3, of whom c0 and c2
 * speak German, the provider p and the template `hello`. It lives in Berlin: two hours ahead in June.
 */
export function stepBusiness() {
  let database: TestDatabase
  const clock = { now: NOW }
  beforeAll(async () => {
    database = await createTestDatabase()
    await readSettings(database.db)
  })
  afterAll(() => database.drop())

  beforeEach(async () => {
    const { db } = database
    const tables = [
      ...['automations', 'campaigns', 'templates', 'rewards', 'segments', 'customer_events', 'bookings'],
      ...['dirty_relationships', 'relationships', 'customers', 'providers', 'workflow_outbox'],
    ]
    for (const table of tables) await execute(db, `DELETE FROM ${table}`)
    await execute(db, "UPDATE settings SET time_zone = 'Europe/Berlin', quiet_hours = NULL, frequency_cap = NULL")
    clock.now = NOW
    await insertCustomers(db, 4)
    await execute(db, "UPDATE customers SET language = IF(external_id IN ('c0', 'c2'), 'de', 'fr')")
    await db('providers').insert({
      external_id: 'p',
      known: true,
      name: 'Petra',
      email: 'petra@studio.test',
      created_at: NOW,
      updated_at: NOW,
    })
    await templateOf(db, 'hello', NOW)
  })

  let events = 0
  return {
    clock,
    get db(): Database {
      return database.db
    },
    happen: (name: string, ...customers: string[]) =>
      recordEvents(
        database.db,
        customers.map((customer) => ({ id: `e${events++}`, name, customer })),
        clock.now,
      ),
    until: (instant: string, channel = recordingChannel().channel) =>
      playUntil(database.db, at(instant), { clock, channel }),
  }
}
