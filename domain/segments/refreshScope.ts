import { type Database, execute } from '../database.ts'
import { chunksOf } from './applyChanges.ts'
import type { Pair } from './markDirty.ts'

/** Fills the table of the pairs that are evaluated, in the transaction of the refresh. */
export async function fillRefreshScope(trx: Database, pairs: Iterable<Pair>): Promise<void> {
  for (const chunk of chunksOf([...pairs], CHUNK)) {
    await execute(
      trx,
      `INSERT IGNORE INTO refresh_scope (provider_id, customer_id) VALUES ${chunk.map(() => '(?, ?)').join(', ')}`,
      chunk.flatMap(({ providerId, customerId }) => [providerId, customerId]),
    )
  }
}

const CHUNK = 5_000

/** Empties it again: nobody but its transaction ever saw a row. */
export async function emptyRefreshScope(trx: Database): Promise<void> {
  await execute(trx, 'DELETE FROM refresh_scope')
}
