import { type Database, execute } from '../database.ts'
import { Problem } from '../errors.ts'
import { dependantsOf, isAskedForByStatuses } from './dependants.ts'
import { standardSegments } from './installStandardSegments.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { readSegment } from './readSegments.ts'

/**
 * Deletes a segment with its members, versions and transitions.
 *
 * @throws Problem 'not_found'; 'conflict' for one that ships with the product: it would come back with the next start; for
 *   one that other segments or status rules ask for
 */
export async function deleteSegment(db: Database, key: string): Promise<void> {
  await db.transaction(async (trx) => {
    // a refresh that is writing members of this segment comes to its end first
    await lockUpkeep(trx)
    const { id, name } = await readSegment(trx, key)
    if (standardSegments().some((standard) => standard.key === key)) {
      throw new Problem('conflict', `“${name}” ships with the product and stays. Its name and its rule can be changed.`)
    }
    const dependants = await dependantsOf(trx, key)
    if (dependants.length > 0) {
      const names = dependants.map((dependant) => `“${dependant.name}”`).join(', ')
      throw new Problem('conflict', `“${name}” is asked for by ${names}. Change their rules first.`)
    }
    if (await isAskedForByStatuses(trx, key)) {
      throw new Problem(
        'conflict',
        `“${name}” is asked for by a rule of the status automation. Change that rule first.`,
      )
    }
    await execute(trx, 'DELETE FROM segments WHERE id = ?', [id])
  })
}
