import { runAgain, SACRIFICED } from '../retry.ts'

/** Somebody went into another customer while a transaction wrote of them: read again, it writes of the one who stayed. */
export class MergedMeanwhile extends Error {
  readonly code = 'MERGED_MEANWHILE'
}

const CONFLICTS: ReadonlySet<string> = new Set([...SACRIFICED, 'ER_DUP_ENTRY', 'MERGED_MEANWHILE'])

/**
 * Runs a transaction again that another one got in the way of: a deadlock, or both were storing the same new thing.
 * Waits a little longer each time, by chance, so that the two do not meet again.
 *
 * @throws what the last attempt threw, or at once what is no conflict
 */
export const retryConflicts = <Result>(transaction: () => Promise<Result>): Promise<Result> =>
  runAgain(transaction, { after: CONFLICTS, attempts: 12, wait: (attempt) => Math.random() * 20 * attempt })
