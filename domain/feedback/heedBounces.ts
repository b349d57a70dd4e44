import { type Database, execute, rows } from '../database.ts'
import type { BounceClass } from '../deliveries/bounceCodes.ts'
import { remember } from '../history/remember.ts'
import { markDirty } from '../segments/markDirty.ts'
import type { SuppressionChannel } from '../suppressions/suppress.ts'
import { noteSuppressions } from '../webhooks/noteSuppressions.ts'

/** A refusal for good, with the server's words. */
export type Bounce = { delivery: number; bounceClass: BounceClass; words: string }

/** The same with whose address it was. */
type Addressed = Bounce & { customerId: number; channel: SuppressionChannel; address: string }

/** A mailbox that was full so often, over so many days and with nothing delivered in between, is one nobody empties. */
const FULL = { times: 3, days: 7 } as const

type Given = Addressed & { source: string }

/**
 * Draws the consequences of refusals that have been written to their deliveries: nothing goes again to an address that
 * does not exist, or whose mailbox has been full for long. What is our own fault, or the content's, has none. Somebody's
 * own wish not to be written to stands above all of it.
 */
export async function heedBounces(trx: Database, bounces: readonly Bounce[], now: Date): Promise<void> {
  const telling = bounces.filter(({ bounceClass }) => bounceClass === 'bad_address' || bounceClass === 'mailbox_full')
  if (telling.length === 0) return
  const addressed = await readAddresses(trx, telling)
  const bad = addressed.filter(({ bounceClass }) => bounceClass === 'bad_address')
  const full = addressed.filter(({ bounceClass }) => bounceClass === 'mailbox_full')
  const given: Given[] = bad.map((bounce) => ({ ...bounce, source: bounce.words }))
  for (const bounce of full) {
    const count = await countFull(trx, bounce)
    if (count !== null) given.push({ ...bounce, source: `Mailbox full, ${count} times: ${bounce.words}` })
  }
  await suppressAddresses(trx, given, now)
}

async function readAddresses(trx: Database, bounces: readonly Bounce[]): Promise<Addressed[]> {
  const found = await rows<{ id: number; customerId: number; channel: SuppressionChannel; address: string }>(
    trx,
    'SELECT id, customer_id AS customerId, channel, address FROM deliveries WHERE id IN (?)',
    [bounces.map(({ delivery }) => delivery)],
  )
  const byId = new Map(found.map(({ id, ...rest }) => [id, rest]))
  return bounces.flatMap((bounce) => {
    const whose = byId.get(bounce.delivery)
    return whose === undefined ? [] : [{ ...bounce, ...whose }]
  })
}

/** How often a mailbox was full since something last arrived there; null when that is not often or long enough. */
async function countFull(trx: Database, { customerId, channel, address }: Addressed): Promise<number | null> {
  const [row] = await rows<{ count: number; enough: number }>(
    trx,
    `SELECT COUNT(*) AS count,
       COALESCE(TIMESTAMPDIFF(SECOND, MIN(refused_at), MAX(refused_at)) >= ?, 0) AS enough
     FROM (
       SELECT COALESCE(d.bounced_at, d.due_at) AS refused_at FROM deliveries d
       WHERE d.customer_id = ? AND d.channel = ? AND d.address = ? AND d.bounce_class = 'mailbox_full'
         AND d.state IN ('bounced', 'failed')
         AND COALESCE(d.bounced_at, d.due_at) > COALESCE((
           SELECT MAX(o.delivered_at) FROM deliveries o
           WHERE o.customer_id = ? AND o.channel = ? AND o.address = ? AND o.state = 'delivered'
         ), '1970-01-02')
     ) f`,
    [FULL.days * 86_400, customerId, channel, address, customerId, channel, address],
  )
  return row !== undefined && row.count >= FULL.times && row.enough === 1 ? row.count : null
}

async function suppressAddresses(trx: Database, given: readonly Given[], now: Date): Promise<void> {
  if (given.length === 0) return
  const customers = [...new Set(given.map(({ customerId }) => customerId))]
  // of another address that bounced before nothing is left
  await remember(
    trx,
    'suppressions',
    {
      sql: `x.customer_id IN (?) AND x.provider_id = 0 AND x.kind = 'all' AND x.reason = 'bounced'
        AND EXISTS (SELECT 1 FROM (${given.map(() => 'SELECT ? AS id, ? AS channel, ? AS address').join(' UNION ALL ')}) g
          WHERE g.id = x.customer_id AND g.channel = x.channel AND g.address <> x.address)`,
      bindings: [customers, ...given.flatMap(({ customerId, channel, address }) => [customerId, channel, address])],
    },
    now,
  )
  const standing = await rows<{ whose: string }>(
    trx,
    `SELECT CONCAT(customer_id, ' ', channel) AS whose FROM suppressions
     WHERE customer_id IN (?) AND provider_id = 0 AND kind = 'all'`,
    [customers],
  )
  const known = new Set(standing.map(({ whose }) => whose))
  const fresh = given.filter(({ customerId, channel }) => {
    const whose = `${customerId} ${channel}`
    const isNew = !known.has(whose)
    known.add(whose)
    return isNew
  })
  await execute(
    trx,
    `INSERT INTO suppressions (customer_id, provider_id, channel, reason, source, address, created_at)
     VALUES ${given.map(() => "(?, 0, ?, 'bounced', ?, ?, ?)").join(', ')}
     ON DUPLICATE KEY UPDATE
       source = IF(reason = 'bounced', VALUES(source), source),
       created_at = IF(reason = 'bounced' AND address <> VALUES(address), VALUES(created_at), created_at),
       address = IF(reason = 'bounced', VALUES(address), address)`,
    given.flatMap(({ customerId, channel, source, address }) => [
      ...[customerId, channel],
      ...[source.slice(0, 200), address, now],
    ]),
  )
  const pairs = customers.map((customerId) => ({ providerId: 0, customerId }))
  await markDirty(trx, pairs, 'event', now)
  await noteSuppressions(
    trx,
    'suppression.set',
    fresh.map(({ customerId, channel }) => ({ customerId, providerId: 0, channel, kind: 'all', reason: 'bounced' })),
    now,
  )
}
