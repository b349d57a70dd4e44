import type { Database } from '../database.ts'
import { transact } from '../retry.ts'
import { lockUpkeep } from '../segments/lockUpkeep.ts'
import { recomputeStatuses } from './recomputeStatuses.ts'
import { writeVersion } from './saveStatusRules.ts'
import { STANDARD_RULES } from './standardRules.ts'
import { newestVersion } from './versions.ts'

/**
 * Saves the rules that ship with the product where none ever were, and decides about everybody by them; whoever they are
 * about already changes with the cause `initial`, which is no news. What an admin has saved stays as it is. Safe to call
 * at every start, by several processes.
 */
export async function installStatusAutomation(db: Database, now: Date): Promise<void> {
  await transact(db, async (trx) => {
    await lockUpkeep(trx)
    if ((await newestVersion(trx)) === undefined) {
      await writeVersion(trx, { ...STANDARD_RULES, version: 1, anew: false }, null, now)
    }
  })
  await recomputeStatuses(db, now)
}
