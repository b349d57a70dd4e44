import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { type Quiet, quietUntil, spreadAfter } from './quietHours.ts'

const CHUNK = 5_000

/**
 * Holds what is due of a campaign until the quiet hours end, spread over some time after that, with the reason on the
 * message and in its history. In chunks, so that no lock is held for long.
 *
 * @returns false when it is not quiet now, so that sending goes on
 */
export async function holdForQuietHours(db: Database, campaign: number, quiet: Quiet, now: Date): Promise<boolean> {
  const until = quietUntil(quiet, now)
  if (until === null || quiet.quietHours === null) return false
  const sql = "SELECT COUNT(*) AS due FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at <= ?"
  const [row] = await rows<{ due: number }>(db, sql, [campaign, now])
  const spread = spreadAfter(quiet.quietHours, row?.due ?? 0)
  let held: number
  do {
    held = await transact(db, (trx) => holdChunk(trx, campaign, { until, spread }, now))
  } while (held === CHUNK)
  return true
}

async function holdChunk(
  trx: Database,
  campaign: number,
  { until, spread }: { until: Date; spread: number },
  now: Date,
): Promise<number> {
  const due = await rows<{ id: number }>(
    trx,
    `SELECT id FROM deliveries WHERE campaign_id = ? AND state = 'queued' AND due_at <= ?
     ORDER BY due_at, id LIMIT ${CHUNK} FOR UPDATE SKIP LOCKED`,
    [campaign, now],
  )
  if (due.length === 0) return 0
  const ids = due.map(({ id }) => id)
  const marks = ids.map(() => '?').join(', ')
  // a number that looks drawn by lot but is always the same for a message
  await execute(
    trx,
    `UPDATE deliveries SET reason = 'quiet_hours',
       due_at = DATE_ADD(?, INTERVAL FLOOR(CRC32(id) / 4294967296 * ?) MICROSECOND) WHERE id IN (${marks})`,
    [until, spread * 1_000, ...ids],
  )
  await execute(
    trx,
    `INSERT INTO delivery_events (delivery_id, type, at, detail)
     SELECT id, 'held', ?, JSON_OBJECT('reason', reason, 'until', DATE_FORMAT(due_at, '%Y-%m-%dT%H:%i:%sZ'))
     FROM deliveries WHERE id IN (${marks})`,
    [now, ...ids],
  )
  return ids.length
}
