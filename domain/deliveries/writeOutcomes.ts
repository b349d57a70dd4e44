import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { markDirty } from '../segments/markDirty.ts'
import { nextAttempt } from './backOff.ts'
import { isBadAddress } from './bounce.ts'
import type { Outcome } from './channels/channel.ts'
import type { Claimed } from './claimBatch.ts'
import { insertEvents } from './events.ts'
import { markSteps } from './markSteps.ts'

/**
 * What became of one claimed delivery, and when; `failed` when the message could not even be made. What was sent was sent
 * when it began to be handed over: the notice of its arrival may be faster than the mail server's answer to us.
 */
export type Result = { delivery: Claimed; outcome: Outcome | { state: 'failed'; reason: string }; at: Date }

type Line = {
  id: number
  state: string
  reason: string | null
  due: Date | null
  sent: Date | null
  at: Date
  event: 'sent' | 'deferred' | 'bounced' | 'failed' | 'unconfirmed'
  detail: Record<string, unknown>
}

/**
 * Writes the results of a batch, in one statement for the rows and one for their history. Only rows that still carry
 * the batch's token change: also those that were called unconfirmed meanwhile, but none that went again by hand.
 */
export async function writeOutcomes(db: Database, token: Buffer, results: readonly Result[], now: Date): Promise<void> {
  if (results.length === 0) return
  await transact(db, async (trx) => {
    const held = await rows<{ id: number }>(
      trx,
      `SELECT id FROM deliveries WHERE claim = ? AND id IN (${results.map(() => '?').join(', ')}) FOR UPDATE`,
      [token, ...results.map(({ delivery }) => delivery.id)],
    )
    const ours = new Set(held.map(({ id }) => id))
    const counting = results.filter(({ delivery }) => ours.has(delivery.id))
    if (counting.length === 0) return
    const lines = counting.map((result) => toLine(result, now))
    await updateRows(trx, token, lines)
    await insertEvents(
      trx,
      lines.map(({ id, event, detail, at }) => ({ delivery: id, type: event, detail, at })),
      now,
    )
    await suppressBadAddresses(trx, counting, now)
    const stepped = lines.filter(({ event }) => event === 'sent' || event === 'bounced')
    await markSteps(
      trx,
      stepped.map(({ id }) => id),
      now,
    )
  })
}

function toLine({ delivery, outcome, at }: Result, now: Date): Line {
  const { id, attempts } = delivery
  if (outcome.state === 'sent') {
    return {
      id,
      state: 'sent',
      reason: null,
      due: null,
      sent: at,
      at,
      event: 'sent',
      detail: { answer: outcome.response },
    }
  }
  const reason = outcome.reason.slice(0, 1_000)
  const end = { id, reason, due: null, sent: null, at, detail: { reason } }
  if (outcome.state !== 'deferred') return { ...end, state: outcome.state, event: outcome.state }
  const due = nextAttempt(attempts, now)
  if (due === null) return { ...end, state: 'failed', event: 'failed' }
  return { ...end, state: 'queued', due, event: 'deferred', detail: { reason, next: due.toISOString() } }
}

/** A notice that the mail has arrived may be faster than our own row: `delivered` is never taken back. */
async function updateRows(trx: Database, token: Buffer, lines: readonly Line[]): Promise<void> {
  const one = 'SELECT ? AS id, ? AS state, ? AS reason, ? AS due, ? AS sent, ? AS at'
  const table = lines.map(() => one).join(' UNION ALL ')
  await execute(
    trx,
    `UPDATE deliveries d JOIN (${table}) n ON n.id = d.id
     SET d.bounced_at = IF(n.state = 'bounced', n.at, d.bounced_at),
       d.sent_at = COALESCE(n.sent, d.sent_at),
       d.due_at = COALESCE(n.due, d.due_at),
       d.reason = IF(d.state = 'delivered', d.reason, n.reason),
       d.state = IF(d.state = 'delivered', d.state, n.state),
       d.claim = NULL
     WHERE d.claim = ?`,
    [...lines.flatMap(({ id, state, reason, due, sent, at }) => [id, state, reason, due, sent, at]), token],
  )
}

/** Nothing goes again to an address that doesn't exist. Somebody's own wish not to be written to stands above it. */
async function suppressBadAddresses(trx: Database, results: readonly Result[], now: Date): Promise<void> {
  const bad = results.flatMap(({ delivery, outcome }) =>
    outcome.state === 'bounced' && isBadAddress(outcome.reason) ? [{ delivery, words: outcome.reason }] : [],
  )
  if (bad.length === 0) return
  await execute(
    trx,
    `INSERT INTO suppressions (customer_id, provider_id, channel, reason, source, address, created_at)
     VALUES ${bad.map(() => "(?, 0, 'email', 'bounced', ?, ?, ?)").join(', ')}
     ON DUPLICATE KEY UPDATE
       source = IF(reason = 'bounced', VALUES(source), source),
       address = IF(reason = 'bounced', VALUES(address), address)`,
    bad.flatMap(({ delivery, words }) => [delivery.customer_id, words.slice(0, 200), delivery.address, now]),
  )
  const customers = bad.map(({ delivery }) => ({ providerId: 0, customerId: delivery.customer_id }))
  await markDirty(trx, customers, 'event', now)
}
