import type { Database } from './database.ts'

/** What InnoDB answers to the one it sacrifices: the transaction is undone as a whole and may simply be run again. */
const SACRIFICED = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'])

/**
 * Runs a transaction again, up to five times, when the database ended it because of a deadlock.
 *
 * @param act a whole transaction, without effects outside the database
 */
export async function retryDeadlock<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt === 5 || !SACRIFICED.has(code)) throw error
    }
  }
}

/**
 * Runs an act in a transaction, with {@link retryDeadlock}. Inside another transaction it runs once: a deadlock rolls that
 * one back, and only its owner can begin it again.
 */
export function transact<T>(db: Database, act: (trx: Database) => Promise<T>): Promise<T> {
  const once = () => db.transaction((trx) => act(trx))
  return db.isTransaction === true ? once() : retryDeadlock(once)
}
