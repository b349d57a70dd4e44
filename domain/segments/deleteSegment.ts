import { type Database, execute } from '../database.ts'
import { Problem } from '../errors.ts'
import { standardSegments } from './installStandardSegments.ts'
import { lockUpkeep } from './lockUpkeep.ts'
import { readSegment } from './readSegments.ts'

/**
 * Deletes a segment with its members, versions and transitions.
 *
 * @throws Problem 'not_found'; 'conflict' for one that ships with the product: it would come back with the next start
 */
export async function deleteSegment(db: Database, key: string): Promise<void> {
  await db.transaction(async (trx) => {
    // a refresh that is writing members of this segment comes to its end first
    await lockUpkeep(trx)
    const { id, name } = await readSegment(trx, key)
    if (standardSegments().some((standard) => standard.key === key)) {
      throw new Problem('conflict', `“${name}” ships with the product and stays. Its name and its rule can be changed.`)
    }
    await execute(trx, 'DELETE FROM segments WHERE id = ?', [id])
  })
}
