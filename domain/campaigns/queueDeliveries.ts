import { type Database, execute } from '../database.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import type { ChannelName } from '../deliveries/channels/channel.ts'
import type { AbTest, Variant } from './choices.ts'
import { mixedSql } from './verdicts.ts'

/** When messages are due that wait for the winner of a comparison: never, until somebody or the clicks decide. */
export const AWAITS_WINNER = new Date('9999-12-31T00:00:00Z')

type Queued = {
  campaign: number
  /** Our own id of the frozen audience. */
  audience: number
  channel: ChannelName
  recipients: number
  seed: string
  spreadMinutes: number | null
  abTest: AbTest | null
}

/**
 * Queues one delivery for each recipient of a frozen audience. Where two messages are compared, a share of the recipients
 * get one or the other, evenly and in a mixed order, and the rest wait. Where they are spread, they are due one after the
 * other over the time, in a mixed order: neither the oldest customers nor one mail server get theirs first.
 */
export async function queueDeliveries(trx: Database, queued: Queued, now: Date): Promise<void> {
  // every customer and the campaign are held by this transaction: the contacts named them, and that was checked. Checking
  // it again for each row takes as long as a sixth of the rest
  await execute(trx, 'SET foreign_key_checks = 0')
  try {
    await insert(trx, queued, now)
  } finally {
    await execute(trx, 'SET foreign_key_checks = 1')
  }
}

async function insert(trx: Database, queued: Queued, now: Date): Promise<void> {
  const { campaign, audience, channel, seed, spreadMinutes, abTest } = queued
  if (abTest === null && spreadMinutes === null) {
    await execute(
      trx,
      `INSERT INTO deliveries (campaign_id, customer_id, channel, address, template_id, state, due_at, queued_at)
       SELECT t.id, a.customer_id, ?, ${addressSql(channel)}, t.template_id, 'queued', ?, ?
       FROM audience_contacts a JOIN customers c ON c.id = a.customer_id JOIN campaigns t ON t.id = ?
       WHERE a.audience_id = ? AND a.left_out IS NULL ORDER BY a.customer_id`,
      [channel, now, now, campaign, audience],
    )
    return
  }
  const compared = abTest === null ? 0 : comparedOf(queued.recipients, abTest)
  const spreads = spreadMinutes !== null && (abTest === null || abTest.share === 100)
  const between = spreads ? (spreadMinutes * 60_000_000) / Math.max(queued.recipients, 1) : 0
  await execute(
    trx,
    `INSERT INTO deliveries (campaign_id, customer_id, channel, address, variant, template_id, state, due_at, queued_at)
     SELECT t.id, m.customer_id, ?, ${addressSql(channel)},
       CASE WHEN m.place > ? THEN NULL WHEN m.place % 2 = 1 THEN 'a' ELSE 'b' END,
       CASE WHEN m.place <= ? AND m.place % 2 = 0 THEN w.template_id ELSE t.template_id END, 'queued',
       CASE WHEN ? AND m.place > ? THEN ?
         ELSE TIMESTAMPADD(MICROSECOND, FLOOR((m.place - 1) * ?), CAST(? AS DATETIME(3))) END, ?
     FROM (
       SELECT a.customer_id, ROW_NUMBER() OVER (ORDER BY ${mixedSql('a.customer_id')}, a.customer_id) AS place
       FROM audience_contacts a WHERE a.audience_id = ? AND a.left_out IS NULL
     ) m JOIN customers c ON c.id = m.customer_id JOIN campaigns t ON t.id = ?
     LEFT JOIN campaign_variants w ON w.campaign_id = t.id AND w.variant = 'b' ORDER BY m.customer_id`,
    [
      channel,
      compared,
      compared,
      abTest !== null,
      compared,
      AWAITS_WINNER,
      between,
      now,
      now,
      `order:${seed}`,
      audience,
      campaign,
    ],
  )
  if (abTest === null) return
  const sizes: Record<Variant, number> = { a: Math.ceil(compared / 2), b: Math.floor(compared / 2) }
  await execute(trx, 'UPDATE campaigns SET ab_sizes = ? WHERE id = ?', [JSON.stringify(sizes), campaign])
}

/** How many recipients get one of two messages to compare them: the share, but two at least where there are two. */
export const comparedOf = (recipients: number, { share }: Pick<AbTest, 'share'>): number =>
  Math.min(recipients, Math.max(2, Math.floor((recipients * share) / 100)))
