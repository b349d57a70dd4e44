import type { Database } from '../database.ts'
import { runAgain, SACRIFICED } from '../retry.ts'

const CONFLICTS: ReadonlySet<string> = new Set([...SACRIFICED, 'ER_DUP_ENTRY'])

/**
 * Runs an act in a transaction, again when another one came first: it was sacrificed (on Galera also at its commit), or a
 * unique key has refused what the other has just written. The next time it sees what the other did.
 */
export const transactOnce = <T>(db: Database, act: (trx: Database) => Promise<T>): Promise<T> =>
  runAgain(() => db.transaction((trx) => act(trx)), {
    after: CONFLICTS,
    attempts: 12,
    wait: (attempt) => Math.random() * 20 * attempt,
  })
