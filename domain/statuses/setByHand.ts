import type { Sql } from '../customers/sql.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { countPicked, pickedSql, unknownAmong, type Whom } from '../tags/whom.ts'
import { concernedSql, type Setting, setStatus } from './setStatus.ts'

export type SetByHand = {
  /** How many customers were meant, and how many of them were not set like this already. */
  customers: number
  changed: number
  /** Ids that name nobody. */
  unknown: string[]
  /** What the act is taken back by; null when it changed nothing, or was only tried. */
  act: number | null
}

/**
 * Gives many customers a status by hand, which no rule changes then; `automatic` hands it back to the rules.
 *
 * @param dryRun only says whom it would change
 * @throws Problem 'invalid' when nobody is meant, more than a million are, or a filter is wrong
 */
export async function setByHand(
  db: Database,
  whom: Whom,
  setting: Pick<Setting, 'status' | 'by'> & { dryRun?: boolean },
  now: Date,
): Promise<SetByHand> {
  const picked = await pickedSql(db, whom)
  const customers = await countPicked(db, picked, whom)
  const unknown = 'customers' in whom ? await unknownAmong(db, whom.customers) : []
  if (setting.dryRun) return { customers, changed: await countConcerned(db, picked, setting), unknown, act: null }
  const { changed, act } = await transact(db, (trx) => setStatus(trx, picked, setting, now))
  await forgetOld(db, now)
  return { customers, changed, unknown, act }
}

async function countConcerned(db: Database, picked: Sql, setting: Setting): Promise<number> {
  const concerned = concernedSql(setting)
  const [row] = await rows<{ count: number }>(
    db,
    `SELECT COUNT(*) AS count FROM (${picked.sql}) w JOIN customers c ON c.id = w.customer_id WHERE ${concerned.sql}`,
    [...picked.bindings, ...concerned.bindings],
  )
  return row?.count ?? 0
}

/** How long an act can be taken back, in days. */
const KEPT_DAYS = 7

/** What was done before this instant can't be taken back any more. */
export const forgottenBefore = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * 86_400_000)

async function forgetOld(db: Database, now: Date): Promise<void> {
  await execute(db, 'DELETE FROM status_acts WHERE acted_at < ? ORDER BY acted_at LIMIT 20', [forgottenBefore(now)])
}
