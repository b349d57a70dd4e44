import { type Database, execute } from '../database.ts'
import { retryConflicts } from '../ingest/retryConflicts.ts'
import { readErasure } from './erasures.ts'
import { STEPS } from './steps.ts'
import { tracesOf } from './traces.ts'

/**
 * Erases somebody, step by step; each may be done again. What is needed to find them in texts is kept until the last step is
 * done, and no longer.
 *
 * @param onStep called after each; what it throws ends the work, which is taken up again after that step
 */
export async function eraseCustomer(
  db: Database,
  id: number,
  clock: () => Date,
  onStep: () => void | Promise<void> = () => {},
): Promise<void> {
  const erasure = await readErasure(db, id)
  if (erasure.state !== 'running') return
  const { customerId } = erasure
  // the first time only: later the profile may be empty already
  const traces = erasure.traces ?? (await tracesOf(db, customerId))
  if (erasure.traces === null) {
    await execute(db, "UPDATE erasures SET traces = ? WHERE id = ? AND state = 'running'", [JSON.stringify(traces), id])
  }
  for (const [place, step] of STEPS.entries()) {
    if (place < erasure.step) continue
    const now = clock()
    await retryConflicts(() => step(db, { customerId, customer: erasure.customer, traces, now }))
    await execute(db, 'UPDATE erasures SET step = ? WHERE id = ?', [place + 1, id])
    await onStep()
  }
  await execute(
    db,
    "UPDATE erasures SET state = 'done', traces = NULL, finished_at = ? WHERE id = ? AND state = 'running'",
    [clock(), id],
  )
}
