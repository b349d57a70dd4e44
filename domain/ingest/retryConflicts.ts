const CONFLICTS = new Set(['ER_DUP_ENTRY', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD'])
const ATTEMPTS = 12

/**
 * Runs a transaction again that another one got in the way of: a deadlock, or both were storing the same new thing.
 * Waits a little longer each time, by chance, so that the two do not meet again.
 *
 * @throws what the last attempt threw, or at once what is no conflict
 */
export async function retryConflicts<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction()
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (attempt === ATTEMPTS || typeof code !== 'string' || !CONFLICTS.has(code)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}
