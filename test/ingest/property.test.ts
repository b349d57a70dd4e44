import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Database } from '../../domain/database.ts'
import type { Kind } from '../../domain/ingest/items.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type NaiveItem, NaiveStore } from './naive.ts'
import { emptyFacts, readState } from './readState.ts'
import { send } from './support.ts'

const TIME_ZONE = 'Pacific/Auckland'
const RUNS = process.env.PERENNIAL_LONG === '1' ? 2_000 : 60

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  await db('settings').insert({
    id: 1,
    name: 'Test',
    time_zone: TIME_ZONE,
    currency: 'NZD',
    language: 'en',
    sender_name: 'Test',
    sender_email: 'a@b.test',
    updated_at: new Date(),
  })
})
afterAll(() => database.drop())

const id = fc.constantFrom('a', 'A', 'b', 'c')
const instant = fc
  .date({ min: new Date('2026-03-01T00:00:00Z'), max: new Date('2026-11-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())
const day = instant.map((at) => at.slice(0, 10))
const text = fc.constantFrom('x', 'ö', '', ' ', '👩🏽‍🦰', 'É')
const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null, freq: 3 })

/** Any of the fields may be left out; ids are few, so that items meet. */
const itemOf = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<NaiveItem> =>
  fc.record(
    {
      id,
      deleted: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      updated_at: fc.constantFrom('2026-06-01T00:00:00Z', '2026-06-01T02:00:01+02:00', '2026-06-02T00:00:00.5Z'),
      ...fields,
    },
    { requiredKeys: ['id'] },
  ) as fc.Arbitrary<NaiveItem>

const parties = { customer: id, provider: orNull(id) }
const ITEMS: Record<Kind, fc.Arbitrary<NaiveItem>> = {
  customers: itemOf({
    email: orNull(fc.constantFrom('a@b.test', 'c@d.test')),
    first_name: orNull(text),
    gender: orNull(fc.constantFrom('female', 'male')),
    birthdate: orNull(day),
    joined_at: orNull(instant),
  }),
  providers: itemOf({ name: orNull(text) }),
  bookings: itemOf({
    ...parties,
    service: orNull(text),
    starts_at: instant,
    minutes: orNull(fc.nat(90)),
    price: orNull(fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })),
    state: fc.constantFrom('booked', 'attended', 'no_show', 'cancelled'),
  }),
  memberships: itemOf({
    ...parties,
    recurring: fc.boolean(),
    valid_from: day,
    valid_to: orNull(day),
    cancelled_at: orNull(day),
  }),
  payments: itemOf({ ...parties, amount: fc.integer(), paid_at: instant }),
  reviews: itemOf({ ...parties, rating: fc.integer({ min: 1, max: 5 }), created_at: instant }),
  interactions: itemOf({ ...parties, direction: fc.constantFrom('inbound', 'outbound'), at: instant }),
}

const request = fc.record(
  Object.fromEntries(Object.entries(ITEMS).map(([kind, item]) => [kind, fc.array(item, { maxLength: 6 })])),
  { requiredKeys: [] },
) as fc.Arbitrary<Record<Kind, NaiveItem[]>>

test(`whatever arrives in whatever order, the tables hold what the contract says (${RUNS} histories)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 6 }), async (requests) => {
      await emptyFacts(db)
      const naive = new NaiveStore()
      for (const sent of requests) {
        const answer = await send(db, sent as Parameters<typeof send>[1])
        for (const [kind, items] of Object.entries(sent)) {
          const taken = items.map((item) => naive.take(kind as Kind, item))
          const refused = answer.errors
            .filter(({ path }) => path.startsWith(`/${kind}/`))
            .map(({ path }) => Number(path.split('/')[2]))
          expect(refused).toEqual(taken.flatMap((good, index) => (good ? [] : [index])))
          expect(answer.stored[kind as Kind]).toBe(taken.filter(Boolean).length)
        }
      }
      expect(await readState(db, TIME_ZONE)).toEqual(naive.state())
    }),
    { numRuns: RUNS, ...(process.env.PERENNIAL_SEED ? { seed: Number(process.env.PERENNIAL_SEED) } : {}) },
  )
}, 1_800_000)
