import { knownCustomer } from '../customers/knownCustomer.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { enqueueWorkflow } from '../outbox/enqueueWorkflow.ts'
import { ERASE } from '../temporal.ts'

export type Erasure = {
  id: number
  customerId: number
  /** The caller's own identifier, which stays. */
  customer: string
  state: 'running' | 'done' | 'failed'
  /** How many steps are done. */
  step: number
  traces: string[] | null
  error: string | null
  requestedBy: string
  requestedAt: Date
  finishedAt: Date | null
}

type Row = {
  id: number
  customer_id: number
  customer: string
  state: Erasure['state']
  step: number
  traces: string | null
  error: string | null
  requested_by: string
  requested_at: Date
  finished_at: Date | null
}

const SELECT = `SELECT e.*, c.external_id AS customer FROM erasures e JOIN customers c ON c.id = e.customer_id`

const shown = (row: Row): Erasure => ({
  id: row.id,
  customerId: row.customer_id,
  customer: row.customer,
  state: row.state,
  step: row.step,
  traces: fromJson<string[]>(row.traces),
  error: row.error,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  finishedAt: row.finished_at,
})

/** @throws Problem 'not_found' */
export async function readErasure(db: Database, id: number): Promise<Erasure> {
  const [row] = await rows<Row>(db, `${SELECT} WHERE e.id = ?`, [id])
  if (row === undefined) throw new Problem('not_found', `There is no erasure ${id}.`)
  return shown(row)
}

/** Erasures, newest first. */
export async function listErasures(
  db: Database,
  { limit, before }: { limit: number; before: number | null },
): Promise<Erasure[]> {
  const found = await rows<Row>(db, `${SELECT} WHERE e.id < ? ORDER BY e.id DESC LIMIT ?`, [
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  ])
  return found.map(shown)
}

/**
 * Begins to erase somebody. The caller hands the outbox over. What it does can't be taken back.
 *
 * @param typed the name of the customer as their profile says it: nobody erases the wrong one by a slip
 * @throws Problem 'not_found', 'invalid' when the name is another one
 */
export async function requestErasure(
  db: Database,
  { customer, typed }: { customer: string; typed: string },
  by: string,
  now: Date,
): Promise<number> {
  const customerId = await knownCustomer(db, customer)
  const [named] = await rows<Named>(db, `SELECT ${NAME_COLUMNS} FROM customers c WHERE c.id = ?`, [customerId])
  const same = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (named === undefined || same(customerName(named)) !== same(typed)) {
    const message = 'The name is not that of this customer'
    throw new Problem('invalid', `${message}: nobody is erased.`, [{ path: '/name', message }])
  }
  return db.transaction(async (trx) => {
    // held, so that nobody takes them in meanwhile: what is known of them would be another one's then
    const held = 'SELECT merged_into FROM customers WHERE id = ? FOR UPDATE'
    const [row] = await rows<{ merged_into: number | null }>(trx, held, [customerId])
    if (row?.merged_into != null) throw new Problem('conflict', 'This customer was merged into another one just now.')
    const id = await insertErasure(trx, customerId, { by, run: null }, now)
    await enqueueWorkflow(trx, { workflowId: ERASE.id(id), workflowType: ERASE.type, args: [id] }, now)
    return id
  })
}

/**
 * Writes down that somebody is being erased.
 *
 * @param customerId our id
 * @param run the night that does it; null where a workflow of its own does
 */
export async function insertErasure(
  trx: Database,
  customerId: number,
  { by, run }: { by: string; run: number | null },
  now: Date,
): Promise<number> {
  await execute(
    trx,
    `INSERT INTO erasures (customer_id, state, requested_by, requested_at, retention_run_id) VALUES (?, 'running', ?, ?, ?)
     ON DUPLICATE KEY UPDATE state = 'running', step = 0, error = NULL, finished_at = NULL,
       retention_run_id = VALUES(retention_run_id)`,
    [customerId, by.slice(0, 320), now, run],
  )
  const [row] = await rows<{ id: number }>(trx, 'SELECT id FROM erasures WHERE customer_id = ?', [customerId])
  if (row === undefined) throw new Error('Nothing was inserted')
  return row.id
}

/** Goes on with one that failed. The caller hands the outbox over. @throws Problem 'not_found', 'conflict' */
export async function retryErasure(db: Database, id: number, now: Date): Promise<void> {
  const { state } = await readErasure(db, id)
  if (state !== 'failed') throw new Problem('conflict', 'This erasure has not failed.')
  await db.transaction(async (trx) => {
    await execute(trx, "UPDATE erasures SET state = 'running', error = NULL WHERE id = ? AND state = 'failed'", [id])
    await enqueueWorkflow(trx, { workflowId: ERASE.id(id), workflowType: ERASE.type, args: [id] }, now)
  })
}

/** Notes that somebody could not be erased to the end, with the reason. */
export async function failErasure(db: Database, id: number, reason: string): Promise<void> {
  await execute(db, "UPDATE erasures SET state = 'failed', error = ? WHERE id = ? AND state = 'running'", [
    reason.slice(0, 500),
    id,
  ])
}
