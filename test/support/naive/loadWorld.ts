import { type Database, fromJson, rows } from '../../../domain/database.ts'
import type { NaivePerson, NaiveRule, NaiveSegment, NaiveWorld } from './things.ts'

type Owned = { customer_id: number }

/** What the oracle has to know of a whole business, read from its raw rows: nothing that is kept for speed. */
export async function loadWorld(db: Database, timeZone: string): Promise<NaiveWorld> {
  const all = <Row extends Owned>(sql: string) => rows<Row & Owned>(db, sql)
  const byCustomer = <Row extends Owned>(found: readonly Row[]) => Map.groupBy(found, (row) => row.customer_id)
  const customers = await rows<Raw>(db, 'SELECT * FROM customers')
  const of = {
    bookings: byCustomer(await all<Raw>('SELECT * FROM bookings WHERE customer_id IS NOT NULL')),
    memberships: byCustomer(await all<Raw>('SELECT * FROM memberships WHERE customer_id IS NOT NULL')),
    payments: byCustomer(await all<Raw>('SELECT * FROM payments WHERE customer_id IS NOT NULL')),
    reviews: byCustomer(await all<Raw>('SELECT * FROM reviews WHERE customer_id IS NOT NULL')),
    interactions: byCustomer(await all<Raw>('SELECT * FROM interactions WHERE customer_id IS NOT NULL')),
    favourites: byCustomer(await all<Raw>('SELECT * FROM favourites')),
    rewards: byCustomer(await all<Raw>('SELECT * FROM rewards')),
    suppressions: byCustomer(await all<Raw>('SELECT * FROM suppressions')),
    consents: byCustomer(await all<Raw>('SELECT * FROM consents')),
    tags: byCustomer(await all<Raw>('SELECT * FROM customer_tags')),
  }
  const people = new Map<number, NaivePerson>()
  for (const row of customers) {
    const id = row.id as number
    const list = (name: keyof typeof of) => (of[name].get(id) ?? []) as readonly Raw[]
    const between = (one: Raw) => ({
      customer: id,
      provider: one.provider_id as number | null,
      deleted: one.deleted === 1,
    })
    people.set(id, {
      customer: {
        ...(row as unknown as NaivePerson['customer']),
        id,
        known: row.known === 1,
        joinedAt: row.joined_at as Date | null,
        attributes: fromJson(row.attributes as string | null),
        consents: Object.fromEntries(list('consents').map((one) => [String(one.channel), one.given === 1])),
        tags: list('tags').map(({ tag }) => String(tag)),
      },
      bookings: list('bookings').map((one) => ({
        ...between(one),
        startsAt: one.starts_at as Date,
        state: String(one.state),
        service: one.service as string | null,
      })),
      memberships: list('memberships').map((one) => ({
        ...between(one),
        type: one.type as string | null,
        validFrom: String(one.valid_from),
        validTo: one.valid_to as string | null,
        cancelledOn: one.cancelled_on as string | null,
      })),
      payments: list('payments').map((one) => ({
        ...between(one),
        paidAt: one.paid_at as Date,
        amount: one.amount as number,
      })),
      reviews: list('reviews').map((one) => ({
        ...between(one),
        id: one.id as number,
        at: one.reviewed_at as Date,
        rating: one.rating as number,
      })),
      interactions: list('interactions').map((one) => ({
        ...between(one),
        at: one.at as Date,
        direction: String(one.direction),
      })),
      favourites: list('favourites').map((one) => ({ customer: id, provider: one.provider_id as number })),
      rewards: list('rewards').map((one) => ({
        ...{ customer: id, provider: one.provider_id as number, kind: String(one.kind), state: String(one.state) },
        ...{ validFrom: String(one.valid_from), validTo: String(one.valid_to) },
      })),
      suppressions: list('suppressions').map((one) => ({
        customer: id,
        provider: one.provider_id === 0 ? null : (one.provider_id as number),
        channel: String(one.channel),
        kind: String(one.kind),
        reason: String(one.reason),
        address: one.address as string | null,
      })),
      // the standard segments ask for none
      deliveries: [],
      answers: [],
    })
  }
  const providers = await rows<{ id: number; known: number }>(db, 'SELECT id, known FROM providers')
  return {
    people,
    waitingProviders: new Set(providers.filter(({ known }) => known === 0).map(({ id }) => id)),
    providers: providers.map(({ id }) => id),
    segments: await loadSegments(db),
    timeZone,
  }
}

type Raw = Owned & Record<string, string | number | Date | null>

/** Live segments with their rules. */
async function loadSegments(db: Database): Promise<Map<string, NaiveSegment>> {
  const found = await rows<{ id: number; key: string; scope: 'business' | 'provider'; rule: string }>(
    db,
    'SELECT id, `key`, scope, rule FROM segments',
  )
  const byHand = await rows<{ segment_id: number; provider_id: number; customer_id: number; is_in: number }>(
    db,
    'SELECT segment_id, provider_id, customer_id, is_in FROM segment_overrides',
  )
  return new Map(
    found.map(({ id, key, scope, rule }) => [
      key,
      {
        ...{ key, scope, rule: fromJson<NaiveRule>(rule) ?? { any: [] } },
        byHand: new Map(
          byHand
            .filter(({ segment_id }) => segment_id === id)
            .map((one) => [`${one.provider_id} ${one.customer_id}`, one.is_in === 1]),
        ),
      },
    ]),
  )
}
