import { type Database, execute, fromJson, rows } from '../database.ts'
import { transact } from '../retry.ts'
import type { WorkflowStart } from './enqueueWorkflow.ts'

type Row = { id: number; workflow_id: string; workflow_type: string; args: string }

/** How many are read at a time. */
const BATCH = 200
/** After so many workflows in a row that could not be handed over it is Temporal that is away, not they that are wrong. */
const FAILURES = 5

/**
 * Hands the waiting workflow starts to Temporal, oldest first; what was asked for several times is handed over once. Rows are
 * removed after they were handed over, so a crash in between hands them over a second time; that must do no harm, and
 * doesn't, because a workflow's id is fixed. What is asked for meanwhile is a row of its own and stays for the next time.
 * One that can't be handed over does not keep the others.
 *
 * @param start starts the workflow, or wakes the one that runs under this id; throws when Temporal is away
 * @returns how many were handed over
 * @throws the first of what `start` threw, once the others are handed over
 */
export async function dispatchOutbox(db: Database, start: (row: WorkflowStart) => Promise<void>): Promise<number> {
  let handedOver = 0
  let last = 0
  const refused = new Map<string, unknown>()
  for (;;) {
    const sql = `SELECT id, workflow_id, workflow_type, args FROM workflow_outbox WHERE id > ? ORDER BY id LIMIT ${BATCH}`
    const waiting = await rows<Row>(db, sql, [last])
    const done: number[] = []
    for (const [key, askings] of Map.groupBy(waiting, ({ workflow_id: id, args }) => JSON.stringify([id, args]))) {
      const [{ workflow_id: workflowId, workflow_type: workflowType, args } = {} as Row] = askings
      if (refused.has(key)) continue
      try {
        await start({ workflowId, workflowType, args: fromJson<(string | number)[]>(args) ?? [] })
        done.push(...askings.map(({ id }) => id))
        handedOver += 1
      } catch (error) {
        refused.set(key, error)
        if (refused.size === FAILURES) break
      }
    }
    await remove(db, done)
    last = waiting.at(-1)?.id ?? last
    if (waiting.length < BATCH || refused.size >= FAILURES) break
  }
  for (const error of refused.values()) throw error
  return handedOver
}

/** One by one: found by their key, where a list of them may be looked for from end to end and wait at what others hold. */
async function remove(db: Database, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await transact(db, async (trx) => {
    for (const id of ids) await execute(trx, 'DELETE FROM workflow_outbox WHERE id = ?', [id])
  })
}
