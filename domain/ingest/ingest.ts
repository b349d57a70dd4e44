import { hearFacts } from '../automations/hearFacts.ts'
import { type Database, rows } from '../database.ts'
import type { Mistake } from '../errors.ts'
import { settleBookings } from '../ledger/settleBookings.ts'
import { markDirty } from '../segments/markDirty.ts'
import { holdTimeZone } from '../settings/holdTimeZone.ts'
import { DirtyPairs } from './dirtyPairs.ts'
import { localDays } from './instants.ts'
import type { Batch, Kind, Placed, Thing } from './items.ts'
import { type Merged, meansOther } from './mergeItems.ts'
import { lookUp, type References } from './references.ts'
import { MergedMeanwhile, retryConflicts } from './retryConflicts.ts'
import { storeCustomers } from './storeCustomers.ts'
import { storeTable } from './storeTable.ts'
import type { Cell, Readers, Row, ThingTable } from './table.ts'
import { BOOKINGS, INTERACTIONS, MEMBERSHIPS, PAYMENTS, PROVIDERS, REVIEWS } from './tables.ts'

export type Ingested = {
  /** How many items of each kind were taken in, those included that a newer version had already overtaken. */
  stored: Partial<Record<Kind, number>>
  /** Of how many things something new became known: those that were not there, and those that are otherwise than before. */
  made: Partial<Record<Kind, number>>
  changed: Partial<Record<Kind, number>>
  /** Items that were refused for how things are; nothing of them was stored. */
  errors: Mistake[]
  /** What stored facts name and nobody has told us about yet, as the caller's ids. */
  waiting: { customers: string[]; providers: string[] }
}

/**
 * Takes in one request: all its good items, or, when the database fails, nothing. Items of one thing take effect in their
 * order; requests about the same things take effect one after the other. The same transaction marks every relationship
 * that changed, so no refresh can miss it.
 */
export async function ingest(db: Database, batch: Batch, now: Date): Promise<Ingested> {
  return retryConflicts(() => db.transaction((trx) => ingestIn(trx, batch, now)))
}

/**
 * {@link ingest} in a transaction of the caller's own, who runs it again after a conflict: {@link retryConflicts}.
 *
 * @throws ER_DUP_ENTRY when another request has just stored a thing that was new here, too
 */
export async function ingestIn(trx: Database, batch: Batch, now: Date): Promise<Ingested> {
  const dayOf = localDays(await holdTimeZone(trx))
  const dirty = new DirtyPairs()
  // whom something was written of
  const written = new Set<Cell>()
  const result: Ingested = { stored: {}, made: {}, changed: {}, errors: [], waiting: { customers: [], providers: [] } }
  const report = (kind: Kind, merged: Merged) => {
    result.stored[kind] = merged.taken
    result.made[kind] = merged.changes.filter(({ before, after }) => isMade(before, after)).length
    result.changed[kind] = changedIn(merged).length - result.made[kind]
    for (const { index, field, message } of merged.errors) {
      result.errors.push({ path: `/${kind}/${index}${field === null ? '' : `/${field}`}`, message })
    }
  }

  if (batch.customers !== undefined) {
    const merged = await storeCustomers(trx, batch.customers, readers(now, dayOf), now)
    report('customers', merged)
    await dirty.addParties(trx, 'customer_id', merged.changes)
    for (const { after } of merged.changes) written.add(after.id)
  }
  if (batch.providers !== undefined) {
    const merged = await storeTable(trx, PROVIDERS, batch.providers, readers(now, dayOf), now)
    report('providers', merged)
    await dirty.addParties(trx, 'provider_id', merged.changes)
  }

  const named = namedBy(batch)
  const customers = await lookUp(trx, 'customers', named.customers)
  const providers = await lookUp(trx, 'providers', named.providers)
  const waiting = { customers: new Set<string>(), providers: new Set<string>() }
  const facts = async <Item extends Thing>(kind: Kind, table: ThingTable<Item>, items: Placed<Item>[] | undefined) => {
    if (items === undefined) return
    const merged = await storeTable(trx, table, items, readers(now, dayOf, customers, providers), now, [
      customers,
      providers,
    ])
    report(kind, merged)
    dirty.addFacts(merged.changes)
    for (const { after } of merged.changes) written.add(after.cells.customer_id ?? null)
    if (batch.historical !== true) await hearFacts(trx, kind, merged.changes, now)
    for (const id of customers.waiting(merged.touched)) waiting.customers.add(id)
    for (const id of providers.waiting(merged.touched)) waiting.providers.add(id)
    if (kind === 'bookings') await settleBookings(trx, changedIn(merged), now)
  }
  await facts('bookings', BOOKINGS, batch.bookings)
  await facts('memberships', MEMBERSHIPS, batch.memberships)
  await facts('payments', PAYMENTS, batch.payments)
  await facts('reviews', REVIEWS, batch.reviews)
  await facts('interactions', INTERACTIONS, batch.interactions)
  await requireNobodyMerged(trx, written)
  result.waiting = { customers: [...waiting.customers].sort(), providers: [...waiting.providers].sort() }

  await markDirty(trx, dirty.list(), batch.historical === true ? 'historical' : 'event', now)
  return result
}

/**
 * Whoever is written of is held by now, so none of them can go into another customer any more; who did since they were looked
 * up is looked up again.
 *
 * @throws MergedMeanwhile
 */
async function requireNobodyMerged(trx: Database, written: ReadonlySet<Cell>): Promise<void> {
  const ids = [...written].filter((id) => typeof id === 'number')
  if (ids.length === 0) return
  const sql = 'SELECT 1 FROM customers WHERE id IN (?) AND merged_into IS NOT NULL LIMIT 1'
  if ((await rows(trx, sql, [ids])).length > 0) throw new MergedMeanwhile('Somebody was merged meanwhile')
}

/** Whether a thing came to be: it was not known, nor only named by others. */
const isMade = (before: Row | null, after: Row) => after.alive && before?.alive !== true

/** Our ids of the things that stand otherwise than before in more than their version. */
const changedIn = ({ changes }: Merged): number[] =>
  changes.flatMap(({ before, after }) =>
    after.id === null || (before !== null && !meansOther(before, after)) ? [] : [after.id],
  )

/** The customers and providers that the facts of a request name. */
function namedBy(batch: Batch): { customers: Set<string>; providers: Set<string> } {
  const named = { customers: new Set<string>(), providers: new Set<string>() }
  for (const kind of ['bookings', 'memberships', 'payments', 'reviews', 'interactions'] as const) {
    for (const { item } of batch[kind] ?? []) {
      if (item.customer !== undefined) named.customers.add(item.customer)
      if (item.provider != null) named.providers.add(item.provider)
    }
  }
  return named
}

/** Customers and providers themselves name nobody. */
function readers(now: Date, dayOf: (instant: Date) => string, customers?: References, providers?: References): Readers {
  const reader =
    <Result>(read: (value: string) => Result) =>
    <Value extends string | null | undefined>(value: Value) =>
      (typeof value === 'string' ? read(value) : value) as Result | Exclude<Value, string>
  const idIn = (references: References | undefined) =>
    reader((externalId) => {
      if (references === undefined) throw new Error('This kind of thing names nobody')
      return references.id(externalId)
    })
  return {
    now,
    instant: reader((value) => new Date(value)),
    dayOf: reader((value) => dayOf(new Date(value))),
    customer: idIn(customers),
    provider: idIn(providers),
  }
}
