/** Many tills at once, in several processes: each reward is used at most once, and the ledger balances. */
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { freePort } from '../../scripts/parts/ports.ts'
import { createTestDatabase, type TestDatabase, urlFor } from '../support/database.ts'
import { moneyFaults } from '../support/moneyFaults.ts'
import { randomFrom } from '../support/random.ts'
import { kill, startProcess } from '../support/sending.ts'

const CALLS = 1_000
const CUSTOMERS = 10
const REWARDS_EACH = 5
const BOOKINGS_EACH = 12
const KEY = 'race-key'

let database: TestDatabase
const children: ChildProcess[] = []
const urls: string[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  for (let count = 0; count < 3; count++) {
    const port = await freePort()
    const { child } = await startProcess('api/main.ts', {
      PORT: String(port),
      DATABASE_URL: urlFor(count, database),
      // nobody listens there
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      PERENNIAL_API_KEY: KEY,
      NODE_OPTIONS: '',
      LOG_LEVEL: 'silent',
    })
    children.push(child)
    urls.push(`http://127.0.0.1:${port}/api/v1`)
  }
}, 60_000)
afterAll(async () => {
  await Promise.all(children.map(kill))
  await database.drop()
})

async function call(url: string, method: string, path: string, body?: unknown): Promise<number> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  return response.status
}

const random = randomFrom(20_261_201)
const customers = Array.from({ length: CUSTOMERS }, (_, index) => `c${index}`)
const bookings = customers.flatMap((customer) =>
  Array.from({ length: BOOKINGS_EACH }, (_, index) => ({
    ...{ id: `${customer}-b${index}`, customer, provider: 'anna', starts_at: '2027-01-10T10:00:00Z' },
    ...{ minutes: random.int(10, 90), price: random.int(100, 9_000) },
  })),
)
const rewards = customers.flatMap((customer) =>
  Array.from({ length: REWARDS_EACH }, (_, index) => ({
    ...{ provider: 'anna', customer, valid_from: '2026-01-01', valid_to: `2027-03-${10 + (index % 3)}` },
    ...random.pick([
      { kind: 'voucher', amount: random.int(1, 6_000) },
      { kind: 'voucher', percent: random.int(1, 100), ceiling: 2_000 },
      { kind: 'free_minutes', minutes: random.int(5, 200) },
    ]),
  })),
)

/** One call of somebody at a till, or of the booking system. */
function anyCall(url: string): Promise<number> {
  const booking = random.pick(bookings)
  const kind = random.next()
  if (kind < 0.6) return call(url, 'POST', '/redemptions', { booking: booking.id })
  if (kind < 0.75) return call(url, 'DELETE', `/redemptions/${booking.id}`)
  const state = kind < 0.88 ? 'cancelled' : 'booked'
  return call(url, 'POST', '/ingest', { bookings: [{ id: booking.id, state, minutes: random.int(10, 90) }] })
}

test(`${CALLS} redemptions and cancellations of ${CUSTOMERS * REWARDS_EACH} rewards at once`, async () => {
  const [first = ''] = urls
  expect(
    await call(first, 'POST', '/ingest', {
      customers: customers.map((id) => ({ id })),
      providers: [{ id: 'anna' }],
      bookings,
    }),
  ).toBe(200)
  for (const reward of rewards) expect(await call(first, 'POST', '/rewards', reward)).toBe(201)

  const answers: number[] = []
  let left = CALLS
  const till = async (index: number) => {
    while (left-- > 0) answers.push(await anyCall(urls[index % urls.length] ?? first))
  }
  await Promise.all(Array.from({ length: 48 }, (_, index) => till(index)))

  const statuses = [...new Set(answers)].sort()
  expect(statuses.filter((status) => ![200, 201, 204, 404, 409].includes(status))).toEqual([])
  // all kinds of answers came, or nothing was tried
  expect(statuses).toEqual(expect.arrayContaining([200, 201, 204, 409]))
  expect(await moneyFaults(database.db)).toEqual([])
}, 240_000)
