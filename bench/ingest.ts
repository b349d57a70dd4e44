/**
 * How long `ingest` takes for 5,000 items in one call: all new, all changed, all as they were, and many calls at once.
 * Fixed data; prints the machine. Needs an empty database that it may fill:
 *
 *   DATABASE_URL=mysql://root@127.0.0.1:3306/bench node bench/ingest.ts
 */
import { cpus } from 'node:os'
import { openDatabase, rows } from '../domain/database.ts'
import { ingest } from '../domain/ingest/ingest.ts'
import type { Batch } from '../domain/ingest/items.ts'
import { migrate } from '../migrations/run.ts'

const url = process.env.DATABASE_URL
if (url === undefined) throw new Error('Set DATABASE_URL to an empty database')
const db = openDatabase(url, 8)
await migrate(db)
const [found] = await rows<{ customers: number; version: string }>(
  db,
  'SELECT COUNT(*) AS customers, VERSION() AS version FROM customers',
)
if (found === undefined || found.customers > 0) throw new Error('The database is not empty')

/** 500 customers, 4,000 bookings and 500 payments, 5,000 in all; `price` makes one run differ from another. */
function batch(prefix: string, price: number): Batch {
  const list = <Item>(count: number, make: (index: number) => Item) =>
    Array.from({ length: count }, (_, index) => ({ index, item: make(index) }))
  const at = (index: number) => new Date(Date.UTC(2024, 0, 1) + index * 4_321_987).toISOString()
  return {
    customers: list(500, (index) => ({
      id: `${prefix}c${index}`,
      email: `customer${index}@mail.test`,
      first_name: 'Anna',
      last_name: `Müller ${index}`,
      attributes: { size: index % 40, since: '2020-01-01' },
      consents: { email: true },
    })),
    bookings: list(4_000, (index) => ({
      id: `${prefix}b${index}`,
      customer: `${prefix}c${index % 500}`,
      provider: `p${index % 12}`,
      service: 'Vinyasa yoga',
      starts_at: at(index),
      minutes: 75,
      price,
      state: 'attended',
      updated_at: at(index),
    })),
    payments: list(500, (index) => ({
      id: `${prefix}x${index}`,
      customer: `${prefix}c${index}`,
      amount: price,
      paid_at: at(index),
    })),
  }
}

async function time(what: string, act: () => Promise<unknown>): Promise<void> {
  const start = performance.now()
  await act()
  console.log(`${what.padEnd(48)} ${Math.round(performance.now() - start)} ms`)
}

const now = new Date('2026-06-15T10:00:00Z')
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${found.version}`)
await time('5,000 new (first call, cold)', () => ingest(db, batch('a', 1), now))
await time('5,000 new', () => ingest(db, batch('b', 1), now))
await time('5,000, 4,500 of them changed', () => ingest(db, batch('b', 2), now))
await time('5,000 as they were', () => ingest(db, batch('b', 2), now))
await time('8 calls of 5,000 new at once', () =>
  Promise.all(Array.from({ length: 8 }, (_, index) => ingest(db, batch(`d${index}`, 1), now))),
)
await time('1 booking', () =>
  ingest(
    db,
    { bookings: [{ index: 0, item: { id: 'one', customer: 'ac1', starts_at: '2026-06-15T09:00:00Z' } }] },
    now,
  ),
)
await db.destroy()
