import { forgetting } from '../../audit/forgetting.ts'
import { execute, rows } from '../../database.ts'
import type { Before } from '../periods.ts'
import { counted, countSql, type Removal } from '../removal.ts'

const BATCH = 1_000

/** Rows of one table that an index finds by their age. */
function byAge(table: string, condition: string, order: string, batch = BATCH): Removal {
  const bindings = ({ at }: Before) => [at]
  return {
    async count(db, before) {
      const sql = countSql(`SELECT 1 FROM ${table} WHERE ${condition}`)
      const [row] = await rows<{ count: number }>(db, sql, bindings(before))
      return counted(row?.count ?? 0)
    },
    async remove(trx, before) {
      const sql = `DELETE FROM ${table} WHERE ${condition} ORDER BY ${order} LIMIT ${batch}`
      const removed = await execute(trx, sql, bindings(before))
      return { removed, more: removed === batch }
    },
  }
}

/** Several, one after the other. */
function oneByOne(...parts: Removal[]): Removal {
  return {
    async count(db, before) {
      const all = await Promise.all(parts.map((part) => part.count(db, before)))
      return { count: all.reduce((sum, { count }) => sum + count, 0), more: all.some(({ more }) => more) }
    },
    async remove(trx, before, now) {
      let removed = 0
      let more = false
      for (const part of parts) {
        const done = await part.remove(trx, before, now)
        removed += done.removed
        more ||= done.more
      }
      return { removed, more }
    },
  }
}

/** Events for webhooks, with their calls and tries; what is still to be told waits until it has been. */
export const webhooks = byAge(
  'webhook_events',
  `at < ? AND distributed = 1 AND NOT EXISTS (
     SELECT 1 FROM webhook_calls c WHERE c.event_id = webhook_events.id AND c.state = 'queued')`,
  'at, id',
  500,
)

/** What is in no use any more once it has ended. */
export const sessions = oneByOne(
  byAge('sessions', 'expires_at < ?', 'expires_at'),
  byAge('user_tokens', 'expires_at < ?', 'token_hash'),
)

/** Backtests, forecasts and replays have up to a hundred thousand lines each. */
export const jobs = oneByOne(
  byAge('backtests', 'asked_at < ?', 'asked_at', 1),
  byAge('dry_runs', 'asked_at < ?', 'asked_at', 1),
)

/** Nights of this very log that have ended long ago. */
export const nights = byAge('retention_runs', "started_at < ? AND state = 'done'", 'started_at', 100)

/** Answers that are kept for repeated calls. */
export const answers = byAge('idempotency_keys', 'created_at < ?', 'created_at')

/** The trail is only ever added to, but by whoever says in their session that something is past its period. */
export const audit: Removal = {
  ...byAge('audit_entries', 'at < ?', 'at, id'),
  remove: (trx, { at }) =>
    forgetting(trx, async () => {
      const removed = await execute(trx, `DELETE FROM audit_entries WHERE at < ? ORDER BY at, id LIMIT ${BATCH}`, [at])
      return { removed, more: removed === BATCH }
    }),
}
