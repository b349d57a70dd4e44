import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { type Database, rows } from '../../domain/database.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { emptyFacts } from './readState.ts'
import { rowOf, send } from './support.ts'

let database: TestDatabase
let db: Database
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
beforeEach(() => emptyFacts(db))
afterAll(() => database.drop())

const starts_at = '2026-06-20T09:00:00Z'
const many = <Result>(count: number, make: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => make(index))
const shuffled = <Item>(items: Item[], by: number): Item[] =>
  items
    .map((item, index) => ({ item, key: (index * 7919 + by * 104729) % 1009 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)

test('20 requests at once, each with its own field of the same things: no update is lost', async () => {
  await Promise.all(
    many(20, (by) =>
      send(db, {
        customers: shuffled(
          many(40, (index) => ({ id: `c${index}`, attributes: { [`from${by}`]: by } })),
          by,
        ),
      }),
    ),
  )
  const found = await rows<{ attributes: string }>(db, 'SELECT attributes FROM customers')
  expect(found).toHaveLength(40)
  for (const { attributes } of found) expect(Object.keys(JSON.parse(attributes))).toHaveLength(20)
}, 120_000)

test('20 versions at once in any order: the newest stands, also against a deletion', async () => {
  const at = (second: number) => new Date(Date.UTC(2026, 5, 1, 0, 0, second)).toISOString()
  const versions = many(20, (version) => ({ version, updated_at: at(version) }))
  await Promise.all(
    shuffled(versions, 3).map(({ version, updated_at }) =>
      send(db, {
        bookings: shuffled(
          many(30, (index) => ({
            id: `b${index}`,
            customer: `c${version % 4}`,
            provider: `p${version % 3}`,
            starts_at,
            price: version,
            updated_at,
          })),
          version,
        ),
        payments: [
          { id: 'gone', deleted: version === 19, customer: 'c1', amount: version, paid_at: starts_at, updated_at },
        ],
      }),
    ),
  )
  const prices = await rows<{ price: number }>(db, 'SELECT DISTINCT price, customer_id, deleted FROM bookings')
  expect(prices).toEqual([{ price: 19, customer_id: (await rowOf(db, 'customers', 'c3')).id, deleted: 0 }])
  expect(await rowOf(db, 'payments', 'gone')).toMatchObject({ deleted: 1 })
}, 120_000)

test('requests that need each other’s customers and bookings in opposite order all come through', async () => {
  await Promise.all(
    many(20, (by) => {
      const ids = by % 2 === 0 ? ['x', 'y', 'z'] : ['z', 'y', 'x']
      return send(db, {
        customers: ids.map((id) => ({ id, phone: String(by) })),
        bookings: ids.map((id, index) => ({ id, customer: ids[2 - index] ?? id, provider: id, starts_at, price: by })),
      })
    }),
  )
  const phones = await rows(db, 'SELECT DISTINCT phone FROM customers')
  expect(phones).toHaveLength(1)
  expect(await rows(db, 'SELECT DISTINCT price FROM bookings')).toHaveLength(1)
}, 120_000)
