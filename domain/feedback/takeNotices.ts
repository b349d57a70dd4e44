import { createHash } from 'node:crypto'
import { attributeAnew } from '../attribution/attributeBookings.ts'
import { type Database, execute, rows } from '../database.ts'
import type { BounceClass } from '../deliveries/bounceCodes.ts'
import { type DeliveryEvent, insertEvents } from '../deliveries/events.ts'
import { markSteps } from '../deliveries/markSteps.ts'
import { readReturnToken } from '../deliveries/returnPath.ts'
import { insertRows } from '../insertRows.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { keyring } from '../settings/secret.ts'
import { suppress } from '../suppressions/suppress.ts'
import { SEGMENT_UPKEEP } from '../temporal.ts'
import { type Bounce, heedBounces } from './heedBounces.ts'
import type { About, Notice } from './notice.ts'
import { type Settled, settle } from './settle.ts'

/** How many were new, were known already, and are about no message of ours. */
export type Taken = { taken: number; repeated: number; unknown: number }

/** So many are taken in one transaction. */
const CHUNK = 200
/** A history stays readable, however often a server says that it is still trying. */
const MAX_EVENTS = 200
const WORDS = 1_000

type Named = Notice & { delivery: number }

/**
 * Writes what came back about messages: to the delivery, its history and what follows for the customer's address. Each
 * notice counts once, however often it is told and in whatever order with others.
 */
export async function takeNotices(db: Database, notices: readonly Notice[], now: Date): Promise<Taken> {
  const named = await findDeliveries(db, notices)
  // everybody locks deliveries in the same order
  const ordered = named.toSorted((one, other) => one.delivery - other.delivery || +one.at - +other.at)
  const sum: Taken = { taken: 0, repeated: 0, unknown: notices.length - named.length }
  for (let start = 0; start < ordered.length; start += CHUNK) {
    const chunk = ordered.slice(start, start + CHUNK)
    const part = await transact(db, (trx) => takeChunk(trx, chunk, now))
    sum.taken += part.taken
    sum.repeated += part.repeated
    sum.unknown += part.unknown
  }
  return sum
}

/** Looks up which delivery each notice is about; those about none of ours are left out. */
async function findDeliveries(db: Database, notices: readonly Notice[]): Promise<Named[]> {
  const keys = await keyring(db, 'tracking')
  const ids = [
    ...new Set(notices.flatMap(({ about }) => ('messageId' in about ? [about.messageId.slice(0, 255)] : []))),
  ]
  const byMessage = new Map<string, number>()
  for (let start = 0; start < ids.length; start += CHUNK) {
    const sql = 'SELECT id, message_id FROM deliveries WHERE message_id IN (?)'
    const found = await rows<{ id: number; message_id: string }>(db, sql, [ids.slice(start, start + CHUNK)])
    for (const { id, message_id } of found) byMessage.set(message_id, id)
  }
  const deliveryOf = (about: About): number | undefined => {
    if ('delivery' in about) return about.delivery
    if ('messageId' in about) return byMessage.get(about.messageId.slice(0, 255))
    const returned = readReturnToken(keys, about.token)
    return returned?.kind === 'bounce' ? returned.delivery : undefined
  }
  return notices.flatMap((notice) => {
    const delivery = deliveryOf(notice.about)
    return delivery === undefined ? [] : [{ ...notice, words: notice.words.slice(0, WORDS), delivery }]
  })
}

type Row = {
  id: number
  customer_id: number
  state: string
  reason: string | null
  bounce_class: BounceClass | null
  delivered_at: Date | null
  bounced_at: Date | null
}

async function takeChunk(trx: Database, notices: readonly Named[], now: Date): Promise<Taken> {
  const found = await lock(trx, [...new Set(notices.map(({ delivery }) => delivery))])
  const about = notices.filter(({ delivery }) => found.has(delivery))
  const fresh = await onlyNew(trx, about, now)
  const events: DeliveryEvent[] = []
  const changed = new Map<number, Settled>()
  const counts = new Map([...found].map(([id, { events: count }]) => [id, count]))
  for (const notice of fresh) {
    const row = found.get(notice.delivery)
    if (row === undefined) continue
    const { after, event } = settle(changed.get(notice.delivery) ?? row.settled, notice)
    changed.set(notice.delivery, after)
    const count = counts.get(notice.delivery) ?? 0
    if (event === null || (count >= MAX_EVENTS && event.type === 'deferred')) continue
    counts.set(notice.delivery, count + 1)
    events.push(event)
  }
  await write(trx, [...changed.values()])
  await insertEvents(trx, events, now)
  await heed(trx, found, changed, fresh, now)
  return { taken: fresh.length, repeated: about.length - fresh.length, unknown: notices.length - about.length }
}

type Found = { row: Row; settled: Settled; events: number }

async function lock(trx: Database, ids: readonly number[]): Promise<Map<number, Found>> {
  const locked = await rows<Row>(
    trx,
    `SELECT id, customer_id, state, reason, bounce_class, delivered_at, bounced_at FROM deliveries
     WHERE id IN (?) AND NOT test ORDER BY id FOR UPDATE`,
    [[...ids]],
  )
  if (locked.length === 0) return new Map()
  const events = await rows<{ delivery_id: number; type: string; last: Date; count: number }>(
    trx,
    `SELECT delivery_id, type, MAX(at) AS last, COUNT(*) AS count FROM delivery_events WHERE delivery_id IN (?)
     GROUP BY delivery_id, type`,
    [locked.map(({ id }) => id)],
  )
  const byDelivery = Map.groupBy(events, (event) => event.delivery_id)
  return new Map(
    locked.map((row) => {
      const own = byDelivery.get(row.id) ?? []
      const settled = {
        id: row.id,
        state: row.state,
        reason: row.reason,
        bounceClass: row.bounce_class,
        deliveredAt: row.delivered_at,
        bouncedAt: row.bounced_at,
        resentAt: own.find(({ type }) => type === 'resent')?.last ?? null,
        has: new Set(own.map(({ type }) => type)),
      }
      return [row.id, { row, settled, events: own.reduce((sum, { count }) => sum + count, 0) }]
    }),
  )
}

/** Those that nobody has told before; the locks on their deliveries let nobody else tell them meanwhile. */
async function onlyNew(trx: Database, notices: readonly Named[], now: Date): Promise<Named[]> {
  if (notices.length === 0) return []
  const named = new Map(notices.map((notice) => [nameOf(notice).toString('hex'), notice]))
  const sql = 'SELECT id FROM taken_notices WHERE id IN (?)'
  const known = await rows<{ id: Buffer }>(trx, sql, [[...named.keys()].map((name) => Buffer.from(name, 'hex'))])
  for (const { id } of known) named.delete(id.toString('hex'))
  const lines = [...named.keys()].map((name) => [Buffer.from(name, 'hex'), now])
  await insertRows(trx, 'taken_notices', ['id', 'taken_at'], lines)
  return [...named.values()]
}

const nameOf = ({ delivery, source, type, id, alone }: Named): Buffer =>
  createHash('sha256')
    .update((alone === true ? [source, id] : [delivery, source, type, id]).join('\n'))
    .digest()

async function write(trx: Database, changed: readonly Settled[]): Promise<void> {
  if (changed.length === 0) return
  const one = 'SELECT ? AS id, ? AS state, ? AS reason, ? AS class, ? AS delivered, ? AS bounced'
  await execute(
    trx,
    `UPDATE deliveries d JOIN (${changed.map(() => one).join(' UNION ALL ')}) n ON n.id = d.id
     SET d.state = n.state, d.reason = n.reason, d.bounce_class = n.class, d.delivered_at = n.delivered,
       d.bounced_at = n.bounced,
       d.sent_at = COALESCE(d.sent_at, IF(n.state IN ('delivered', 'bounced'), COALESCE(n.delivered, n.bounced), NULL))`,
    changed.flatMap(({ id, state, reason, bounceClass, deliveredAt, bouncedAt }) => [
      ...[id, state, reason, bounceClass],
      ...[deliveredAt, bouncedAt],
    ]),
  )
}

/** What follows: for addresses that are no good, for those who complained, and for rules that ask about messages. */
async function heed(
  trx: Database,
  found: ReadonlyMap<number, Found>,
  changed: ReadonlyMap<number, Settled>,
  fresh: readonly Named[],
  now: Date,
): Promise<void> {
  const bounces: Bounce[] = []
  const stepped: number[] = []
  for (const [id, after] of changed) {
    const { settled } = found.get(id) as Found
    if (after.state !== settled.state) stepped.push(id)
    if (after.state !== 'bounced' || after.bouncedAt === settled.bouncedAt || after.bounceClass === null) continue
    bounces.push({ delivery: id, bounceClass: after.bounceClass, words: after.reason ?? '' })
  }
  await heedBounces(trx, bounces, now)
  const wishes = fresh.filter(({ type }) => type === 'complained' || type === 'unsubscribed')
  for (const { delivery, type, source, words } of wishes) {
    const customerId = found.get(delivery)?.row.customer_id ?? 0
    const why = { reason: type as 'complained' | 'unsubscribed', source: words === '' ? source : `${source}: ${words}` }
    await suppress(trx, { customerId, providerId: 0, channel: 'email' }, why, now, { yielding: true })
  }
  await settleRewards(trx, stepped, now)
  await attributeAnew(trx, stepped)
  await markSteps(trx, stepped, now)
  if (bounces.length + wishes.length === 0) return
  await enqueueWorkflow(trx, { workflowId: SEGMENT_UPKEEP.id, workflowType: SEGMENT_UPKEEP.type, args: [] }, now)
}

/** How long a notice is remembered: services repeat theirs for three days at most. */
const REMEMBERED_DAYS = 30

/** Forgets notices that nobody repeats any more. */
export async function forgetNotices(db: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - REMEMBERED_DAYS * 86_400_000)
  await execute(db, 'DELETE FROM taken_notices WHERE taken_at < ? LIMIT 50000', [before])
}
