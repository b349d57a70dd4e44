import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from './database.ts'

/** What InnoDB answers to the one it sacrifices: the transaction is undone as a whole and may simply be run again. */
export const SACRIFICED: ReadonlySet<string> = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'])

type Again = {
  /** The answers of the database after which it is worth it. */
  after: ReadonlySet<string>
  attempts: number
  /** Milliseconds to wait after an attempt, counted from 1; at once when it is left out. */
  wait?: (attempt: number) => number
}

/**
 * Runs a transaction again when another one got in its way.
 *
 * @param act a whole transaction, without effects outside the database
 * @throws what the last attempt threw, or at once what is no such answer
 */
export async function runAgain<T>(act: () => Promise<T>, { after, attempts, wait }: Again): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (attempt === attempts || typeof code !== 'string' || !after.has(code)) throw error
      if (wait !== undefined) await sleep(wait(attempt))
    }
  }
}

/** Runs a transaction again, up to five times, when the database ended it because of a deadlock. */
export const retryDeadlock = <T>(act: () => Promise<T>): Promise<T> => runAgain(act, { after: SACRIFICED, attempts: 5 })

/**
 * Runs an act in a transaction, with {@link retryDeadlock}. Inside another transaction it runs once: a deadlock rolls that
 * one back, and only its owner can begin it again.
 */
export function transact<T>(db: Database, act: (trx: Database) => Promise<T>): Promise<T> {
  const once = () => db.transaction((trx) => act(trx))
  return db.isTransaction === true ? once() : retryDeadlock(once)
}
