import { type Database, execute } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { transact } from '../retry.ts'
import { noteFactsInUse } from '../segments/factsInUse.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { RECOMPUTE_STATUSES } from '../temporal.ts'
import { requireStatusRules, type SentRules } from './requireStatusRules.ts'
import type { StatusRules } from './standardRules.ts'
import { newestVersion } from './versions.ts'

/**
 * Saves other rules as a new version, by which everybody is then decided about; the caller starts that by handing over the
 * outbox. What is as it was saved before, makes no version.
 *
 * @param anew whether everybody is decided about from the beginning: who has come to a status by a rule that is no longer
 *   there goes back
 * @param seen the version that was changed, where somebody says so
 * @throws Problem 'invalid' for wrong rules; 'conflict' when another version has been saved since
 */
export async function saveStatusRules(
  db: Database,
  sent: SentRules,
  { by, anew, seen }: { by: string; anew: boolean; seen?: number | undefined },
  now: Date,
): Promise<void> {
  const rules = await requireStatusRules(db, sent)
  await transact(db, async (trx) => {
    await lockUpkeep(trx)
    const newest = await newestVersion(trx)
    if (seen !== undefined && newest !== undefined && newest.version !== seen) {
      const who = newest.createdBy === null ? 'Somebody' : newest.createdBy
      throw new Problem('conflict', `${who} has saved version ${newest.version} since. Look at it first.`, [
        { path: '/version', message: `Allowed is ${newest.version}` },
      ])
    }
    if (newest !== undefined && !anew && isSame(newest, rules)) return
    const version = (newest?.version ?? 0) + 1
    await writeVersion(trx, { ...rules, version, anew }, by, now)
    const { type, id } = RECOMPUTE_STATUSES
    await enqueueWorkflow(trx, { workflowId: id(version), workflowType: type, args: [version] }, now)
  })
}

/** Writes a version down, in a transaction that holds the upkeep. */
export async function writeVersion(
  trx: Database,
  { version, enabled, rules, anew }: StatusRules & { version: number; anew: boolean },
  by: string | null,
  now: Date,
): Promise<void> {
  await noteFactsInUse(
    trx,
    rules.map(({ rule }) => rule),
  )
  await execute(
    trx,
    `INSERT INTO status_automation_versions (version, enabled, rules, anew, created_at, created_by)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [version, enabled, JSON.stringify(rules), anew, now, by?.slice(0, 320) ?? null],
  )
}

const isSame = (one: StatusRules, other: StatusRules): boolean =>
  JSON.stringify([one.enabled, one.rules]) === JSON.stringify([other.enabled, other.rules])
