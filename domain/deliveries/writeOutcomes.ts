import { type Database, execute, rows } from '../database.ts'
import { heedBounces } from '../feedback/heedBounces.ts'
import { transact } from '../retry.ts'
import { settleRewards } from '../rewards/settleRewards.ts'
import { nextAttempt } from './backOff.ts'
import { classOfRefusal } from './bounce.ts'
import type { BounceClass } from './bounceCodes.ts'
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
  bounceClass: BounceClass | null
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
    await settleRewards(
      trx,
      lines.map(({ id }) => id),
      now,
    )
    await insertEvents(
      trx,
      lines.map(({ id, event, detail, at }) => ({ delivery: id, type: event, detail, at })),
      now,
    )
    await heedBounces(trx, bouncesOf(counting, lines), now)
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
      bounceClass: null,
      due: null,
      sent: at,
      at,
      event: 'sent',
      detail: { answer: outcome.response },
    }
  }
  const reason = outcome.reason.slice(0, 1_000)
  const end = { id, reason, bounceClass: null, due: null, sent: null, at, detail: { reason } }
  if (outcome.state === 'bounced') {
    return { ...end, state: 'bounced', event: 'bounced', bounceClass: classOfRefusal(reason, outcome.gone) }
  }
  if (outcome.state !== 'deferred') return { ...end, state: outcome.state, event: outcome.state }
  const due = nextAttempt(attempts, now)
  // of a server that was never reached nothing is known
  const givenUp = outcome.connection ? null : classOfRefusal(reason)
  if (due === null) return { ...end, state: 'failed', event: 'failed', bounceClass: givenUp }
  return { ...end, state: 'queued', due, event: 'deferred', detail: { reason, next: due.toISOString() } }
}

/** A notice that the mail has arrived, or came back, may be faster than our own row: neither is taken back. */
async function updateRows(trx: Database, token: Buffer, lines: readonly Line[]): Promise<void> {
  const one = 'SELECT ? AS id, ? AS state, ? AS reason, ? AS class, ? AS due, ? AS sent, ? AS at'
  const table = lines.map(() => one).join(' UNION ALL ')
  await execute(
    trx,
    `UPDATE deliveries d JOIN (${table}) n ON n.id = d.id
     SET d.bounced_at = IF(n.state = 'bounced', n.at, d.bounced_at),
       d.sent_at = COALESCE(n.sent, d.sent_at),
       d.due_at = COALESCE(n.due, d.due_at),
       d.reason = IF(d.state IN ('delivered', 'bounced'), d.reason, n.reason),
       d.bounce_class = IF(d.state IN ('delivered', 'bounced'), d.bounce_class, n.class),
       d.state = IF(d.state IN ('delivered', 'bounced'), d.state, n.state),
       d.claim = NULL
     WHERE d.claim = ?`,
    [
      ...lines.flatMap(({ id, state, reason, bounceClass, due, sent, at }) => [
        ...[id, state, reason, bounceClass],
        ...[due, sent, at],
      ]),
      token,
    ],
  )
}

/** The refusals for good among the results, with what they say about the address. */
function bouncesOf(counting: readonly Result[], lines: readonly Line[]) {
  return counting.flatMap(({ delivery }, index) => {
    const { state, reason, bounceClass } = lines[index] ?? { state: '', reason: null, bounceClass: null }
    if (bounceClass === null || reason === null) return []
    const words = state === 'failed' ? `given up: ${reason}` : reason
    return [{ delivery: delivery.id, bounceClass, words }]
  })
}
