import { type Database, execute, rows } from '../database.ts'

/** How long whoever attends may be silent before others wake the upkeep again, in seconds. */
const LEASE = 5

/**
 * Says that whoever calls this will notice every change that is committed from now on, for five seconds. The database's
 * clock counts: several processes read it.
 */
export async function attend(db: Database): Promise<void> {
  const sql = 'UPDATE upkeep_attendance SET attended_until = UTC_TIMESTAMP(3) + INTERVAL ? SECOND WHERE id = 1'
  await execute(db, sql, [LEASE])
}

/** Says that nobody attends any more. Changes that were committed before have to be looked for after this. */
export async function stopAttending(db: Database): Promise<void> {
  await execute(db, 'UPDATE upkeep_attendance SET attended_until = NULL WHERE id = 1')
}

/** Whether a change that is committed already will be noticed without anybody being woken. */
export async function isAttended(db: Database): Promise<boolean> {
  const sql = 'SELECT 1 FROM upkeep_attendance WHERE id = 1 AND attended_until > UTC_TIMESTAMP(3)'
  return (await rows(db, sql)).length > 0
}
