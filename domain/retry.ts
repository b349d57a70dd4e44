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
