import { type Database, execute, fromJson, rows } from '../database.ts'
import { transact } from '../retry.ts'
import type { WorkflowStart } from './enqueueWorkflow.ts'

type Row = { workflow_id: string; workflow_type: string; args: string; created_at: Date; ticket: Buffer }

/** How many are read at a time. */
const BATCH = 100
/** After so many in a row that could not be handed over it is Temporal that is away, not they that are wrong. */
const FAILURES = 5

/**
 * Hands the waiting workflow starts to Temporal, oldest first. Rows are removed after they were handed over, so a crash in
 * between hands them over a second time; that must do no harm, and doesn't, because a workflow's id is fixed. A row
 * that was asked for again meanwhile, which its ticket tells, stays for the next time. One that can't be handed over
 * does not keep the others.
 *
 * @param start starts the workflow, or wakes the one that runs under this id; throws when Temporal is away
 * @returns how many were handed over
 * @throws the first of what `start` threw, once the others are handed over
 */
export async function dispatchOutbox(db: Database, start: (row: WorkflowStart) => Promise<void>): Promise<number> {
  let handedOver = 0
  for (;;) {
    const waiting = await rows<Row>(db, `SELECT * FROM workflow_outbox ORDER BY created_at LIMIT ${BATCH}`)
    const done: Row[] = []
    const errors: unknown[] = []
    for (const row of waiting) {
      const { workflow_id: workflowId, workflow_type: workflowType, args } = row
      try {
        await start({ workflowId, workflowType, args: fromJson<(string | number)[]>(args) ?? [] })
        done.push(row)
      } catch (error) {
        errors.push(error)
        if (errors.length === FAILURES) break
      }
    }
    await remove(db, done)
    handedOver += done.length
    if (errors.length > 0) throw errors[0]
    if (waiting.length < BATCH) return handedOver
  }
}

/** Removes what was handed over. What somebody holds is being asked for again: nobody waits for them, and it stays. */
async function remove(db: Database, done: readonly Row[]): Promise<void> {
  if (done.length === 0) return
  await transact(db, async (trx) => {
    const free = await rows<Pick<Row, 'workflow_id' | 'created_at' | 'ticket'>>(
      trx,
      'SELECT workflow_id, created_at, ticket FROM workflow_outbox WHERE workflow_id IN (?) FOR UPDATE SKIP LOCKED',
      [done.map(({ workflow_id: id }) => id)],
    )
    const current = new Map(free.map((row) => [row.workflow_id, row]))
    const same = done.filter(({ workflow_id: id, created_at: at, ticket }) => {
      const row = current.get(id)
      // an older process that asks again changes the instant alone
      return row?.ticket.equals(ticket) === true && row.created_at.getTime() === at.getTime()
    })
    // one by one: found by their key, where a list of them may be looked for from end to end and wait at what others hold
    for (const { workflow_id: id } of same)
      await execute(trx, 'DELETE FROM workflow_outbox WHERE workflow_id = ?', [id])
  })
}
