import type { Database } from '../database.ts'

/** Errors after which the whole transaction was rolled back, or could be, and may simply be done again. */
const PASSING = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'])

const ATTEMPTS = 5

/**
 * Runs a transaction, again from its beginning when the database chose it as the victim of a deadlock (up to 5 times).
 * Inside another transaction it runs once: a deadlock rolls that one back, and only its owner can begin it again.
 */
export async function retryDeadlocks<Result>(db: Database, act: (trx: Database) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction((trx) => act(trx))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt === ATTEMPTS || db.isTransaction === true || !PASSING.has(code)) throw error
    }
  }
}
