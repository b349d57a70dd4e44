import { type Database, rows } from '../../database.ts'
import { insertRows } from '../../insertRows.ts'
import { transact } from '../../retry.ts'
import { hear } from '../hear.ts'

/** Something that a system of the business says has happened. `customer` and `provider` are its own ids. */
export type CustomerEvent = {
  id: string
  name: string
  customer: string
  provider?: string | undefined
  at?: Date | undefined
}

/** How many were new, how many had been told before, and what is wrong with the others, by their place. */
export type Recorded = { recorded: number; known: number; mistakes: { path: string; message: string }[] }

/**
 * Records events and tells automations. One that is told twice happened once; one about a customer or a provider that
 * nobody knows is refused, the others are recorded.
 */
export const recordEvents = (db: Database, events: readonly CustomerEvent[], now: Date): Promise<Recorded> =>
  transact(db, async (trx) => {
    const customers = await idsOf(trx, 'customers', [...new Set(events.map(({ customer }) => customer))])
    const providers = await idsOf(trx, 'providers', [...new Set(events.flatMap(({ provider }) => provider ?? []))])
    const mistakes: Recorded['mistakes'] = []
    const good = new Map<string, CustomerEvent & { customerId: number; providerId: number }>()
    for (const [n, event] of events.entries()) {
      const customerId = customers.get(event.customer)
      const providerId = event.provider === undefined ? 0 : providers.get(event.provider)
      if (customerId === undefined) {
        mistakes.push({ path: `/events/${n}/customer`, message: `There is no customer ${event.customer}` })
      } else if (providerId === undefined) {
        mistakes.push({ path: `/events/${n}/provider`, message: `There is no provider ${event.provider}` })
      } else if (!good.has(event.id)) {
        good.set(event.id, { ...event, customerId, providerId })
      }
    }
    const fresh = await freshOf(trx, [...good.keys()])
    const news = [...good.values()].filter(({ id }) => fresh.has(id)).sort((one, other) => (one.id < other.id ? -1 : 1))
    await insertRows(
      trx,
      'customer_events',
      ['external_id', 'customer_id', 'provider_id', 'name', 'at', 'received_at'],
      news.map(({ id, customerId, providerId, name, at = now }) => [id, customerId, providerId, name, at, now]),
    )
    await hear(
      trx,
      news.map(({ name, customerId, providerId }) => ({ on: 'event', about: name, customerId, providerId })),
      now,
    )
    return { recorded: news.length, known: events.length - mistakes.length - news.length, mistakes }
  })

async function freshOf(trx: Database, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const sql = 'SELECT external_id FROM customer_events WHERE external_id IN (?) FOR UPDATE'
  const known = new Set((await rows<{ external_id: string }>(trx, sql, [[...ids]])).map((row) => row.external_id))
  return new Set(ids.filter((id) => !known.has(id)))
}

async function idsOf(
  trx: Database,
  table: 'customers' | 'providers',
  names: readonly string[],
): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  // the identifier of a customer who went into another one leads to the one who stayed
  const sql =
    table === 'customers'
      ? `SELECT c.id, m.external_id FROM customers m JOIN customers c ON c.id = COALESCE(m.merged_into, m.id)
         WHERE m.external_id IN (?) AND c.known = 1`
      : 'SELECT id, external_id FROM providers WHERE external_id IN (?) AND known = 1'
  const found = await rows<{ id: number; external_id: string }>(trx, sql, [[...names]])
  return new Map(found.map(({ id, external_id }) => [external_id, id]))
}
