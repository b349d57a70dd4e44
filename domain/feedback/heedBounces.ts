import { type Database, execute, rows } from '../database.ts'
import type { BounceClass } from '../deliveries/bounceCodes.ts'
import { remember } from '../history/remember.ts'
import { markDirty } from '../segments/markDirty.ts'

/** A refusal for good of a customer's address, with the server's words. */
export type Bounce = { customerId: number; address: string; bounceClass: BounceClass; words: string }

/** A mailbox that was full so often, over so many days and with nothing delivered in between, is one nobody empties. */
const FULL = { times: 3, days: 7 } as const

type Given = Bounce & { source: string }

/**
 * Draws the consequences of refusals that have been written to their deliveries: nothing goes again to an address that
 * does not exist, or whose mailbox has been full for long. What is our own fault, or the content's, has none. Somebody's
 * own wish not to be written to stands above all of it.
 */
export async function heedBounces(trx: Database, bounces: readonly Bounce[], now: Date): Promise<void> {
  const bad = bounces.filter(({ bounceClass }) => bounceClass === 'bad_address')
  const full = bounces.filter(({ bounceClass }) => bounceClass === 'mailbox_full')
  const given: Given[] = bad.map((bounce) => ({ ...bounce, source: bounce.words }))
  for (const bounce of full) {
    const count = await countFull(trx, bounce)
    if (count !== null) given.push({ ...bounce, source: `Mailbox full, ${count} times: ${bounce.words}` })
  }
  await suppressAddresses(trx, given, now)
}

/** How often a mailbox was full since something last arrived there; null when that is not often or long enough. */
async function countFull(trx: Database, { customerId, address }: Bounce): Promise<number | null> {
  const [row] = await rows<{ count: number; enough: number }>(
    trx,
    `SELECT COUNT(*) AS count,
       COALESCE(TIMESTAMPDIFF(SECOND, MIN(refused_at), MAX(refused_at)) >= ?, 0) AS enough
     FROM (
       SELECT COALESCE(d.bounced_at, d.due_at) AS refused_at FROM deliveries d
       WHERE d.customer_id = ? AND d.channel = 'email' AND d.address = ? AND d.bounce_class = 'mailbox_full'
         AND d.state IN ('bounced', 'failed')
         AND COALESCE(d.bounced_at, d.due_at) > COALESCE((
           SELECT MAX(o.delivered_at) FROM deliveries o
           WHERE o.customer_id = ? AND o.channel = 'email' AND o.address = ? AND o.state = 'delivered'
         ), '1970-01-02')
     ) f`,
    [FULL.days * 86_400, customerId, address, customerId, address],
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
      sql: `x.customer_id IN (?) AND x.provider_id = 0 AND x.channel = 'email' AND x.kind = 'all' AND x.reason = 'bounced'
        AND NOT EXISTS (SELECT 1 FROM (${given.map(() => 'SELECT ? AS id, ? AS address').join(' UNION ALL ')}) g
          WHERE g.id = x.customer_id AND g.address = x.address)`,
      bindings: [customers, ...given.flatMap(({ customerId, address }) => [customerId, address])],
    },
    now,
  )
  await execute(
    trx,
    `INSERT INTO suppressions (customer_id, provider_id, channel, reason, source, address, created_at)
     VALUES ${given.map(() => "(?, 0, 'email', 'bounced', ?, ?, ?)").join(', ')}
     ON DUPLICATE KEY UPDATE
       source = IF(reason = 'bounced', VALUES(source), source),
       created_at = IF(reason = 'bounced' AND address <> VALUES(address), VALUES(created_at), created_at),
       address = IF(reason = 'bounced', VALUES(address), address)`,
    given.flatMap(({ customerId, source, address }) => [customerId, source.slice(0, 200), address, now]),
  )
  const pairs = customers.map((customerId) => ({ providerId: 0, customerId }))
  await markDirty(trx, pairs, 'event', now)
}
