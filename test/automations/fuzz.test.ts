import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { chanceOf, splitSeed } from '../../domain/automations/chance.ts'
import { recordEvents } from '../../domain/automations/entering/recordEvents.ts'
import { execute, rows } from '../../domain/database.ts'
import { ingest } from '../../domain/ingest/ingest.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import { tagCustomers } from '../../domain/tags/tagCustomers.ts'
import { automationOf, playUntil, templateOf } from '../support/automations.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Lived, walkAlone } from '../support/naive/automations.ts'
import { type Random, randomAutomation, randomLife } from '../support/randomAutomations.ts'
import { insertCustomers, recordingChannel } from '../support/sending.ts'

const FROM = new Date('2026-06-01T00:00:00.437Z')
const DAYS = 16
const UNTIL = new Date('2026-06-17T00:00:00.438Z')

/** So many automations run side by side, each over customers of its own. */
const AT_ONCE = 20
const CUSTOMERS = 3
const RUNS = (process.env.PERENNIAL_LONG === '1' ? 5_000 : 200) / AT_ONCE

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await readSettings(database.db)
})
afterAll(() => database.drop())

/** Mulberry32: small, and the same everywhere. */
function numbers(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Life = { customer: string; automation: number; life: Lived[] }

/** Everything that one life is compared by. */
async function walked(ofCustomer: number) {
  const { db } = database
  const text = (sql: string) => rows<{ step: string; at: Date }>(db, sql, [ofCustomer])
  const sent = await text(
    `SELECT p.step, d.sent_at AS at FROM deliveries d JOIN campaigns p ON p.id = d.campaign_id
     WHERE d.customer_id = ? AND d.state = 'sent' ORDER BY d.sent_at, d.id`,
  )
  const given = await text('SELECT step, created_at AS at FROM rewards WHERE customer_id = ? ORDER BY created_at, id')
  const ends = await rows<{ state: string; reason: string | null; step: string }>(
    db,
    'SELECT state, reason, step FROM enrolments WHERE customer_id = ? ORDER BY entered_at, id',
    [ofCustomer],
  )
  const tags = await rows<{ tag: string }>(db, 'SELECT tag FROM customer_tags WHERE customer_id = ? ORDER BY tag', [
    ofCustomer,
  ])
  const named = ({ step, at }: { step: string; at: Date }) => `${step.replace(/:.*/, '')}@${at.toISOString()}`
  return {
    sends: sent.map(named),
    gifts: given.map(named),
    ends: ends.map(({ state, reason, step }) =>
      state === 'active' ? `at ${step}` : reason === null ? state : `${state} ${reason}`,
    ),
    tags: tags.map(({ tag }) => tag),
  }
}

test.each(Array.from({ length: RUNS }, (_, run) => run))(
  'automations over random lives do what walking each customer alone says: run %i',
  async (run) => {
    const { db } = database
    const tables = [
      ...['automations', 'campaigns', 'templates', 'rewards', 'customer_events', 'bookings', 'dirty_relationships'],
      ...['relationships', 'customers', 'providers', 'workflow_outbox'],
    ]
    for (const table of tables) await execute(db, `DELETE FROM ${table}`)
    await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
    const random = numbers(run + 1)
    const clock = { now: FROM }
    const { channel } = recordingChannel()
    await insertCustomers(db, AT_ONCE * CUSTOMERS)
    await execute(db, "UPDATE customers SET language = IF(id % 2 = 0, 'de', 'fr')")
    const provider = { external_id: 'p', known: true, name: 'P', created_at: FROM, updated_at: FROM }
    await db('providers').insert(provider)
    await templateOf(db, 'hello', FROM)
    const lives: Life[] = []
    const automations = []
    for (let n = 0; n < AT_ONCE; n++) {
      // each listens to an event of its own, so that they share a database and nothing else
      const made = randomAutomation(random)
      const definition = { ...made, when: { on: 'event', name: `go${n}` } as const }
      const id = await automationOf(db, definition, FROM, `a${n}`)
      automations.push({ id, made })
      for (let c = 0; c < CUSTOMERS; c++) {
        lives.push({ customer: `c${n * CUSTOMERS + c}`, automation: n, life: randomLife(random, FROM, DAYS) })
      }
    }
    const happenings = lives
      .flatMap(({ customer, automation, life }) => life.map((lived) => ({ customer, automation, lived })))
      .sort((one, other) => one.lived.at.getTime() - other.lived.at.getTime())
    for (const [n, { customer, automation, lived }] of happenings.entries()) {
      await playUntil(db, lived.at, { clock, channel })
      if ('event' in lived) {
        const name = lived.event === 'go' ? `go${automation}` : lived.event
        await recordEvents(db, [{ id: `e${n}`, name, customer }], clock.now)
      } else if ('tag' in lived) {
        await tagCustomers(db, { customers: [customer] }, { add: [lived.tag], remove: [] }, { by: null }, clock.now)
      } else {
        const item = { id: `b${n}`, customer, starts_at: lived.booking.toISOString(), state: 'booked' as const }
        await ingest(db, { bookings: [{ index: 0, item }] }, clock.now)
      }
    }
    await playUntil(db, UNTIL, { clock, channel })
    const people = await rows<{ id: number; external_id: string; language: string }>(
      db,
      'SELECT id, external_id, language FROM customers',
    )
    let moved = 0
    for (const { customer, automation, life } of lives) {
      const person = people.find(({ external_id }) => external_id === customer)
      const { id, made } = automations[automation] ?? { id: 0, made: undefined }
      if (person === undefined || made === undefined) throw new Error(customer)
      const chance = (step: string) => chanceOf(splitSeed(id, step), person.id)
      const alone = walkAlone(made, { life, language: person.language, chance }, UNTIL)
      const actual = await walked(person.id)
      if (JSON.stringify(actual) !== JSON.stringify(alone)) {
        // shown with what it takes to see why
        expect({ run, made, life, ...actual }).toEqual({ run, made, life, ...alone })
      }
      moved += alone.sends.length + alone.gifts.length
    }
    expect(moved).toBeGreaterThan(10)
  },
  600_000,
)
