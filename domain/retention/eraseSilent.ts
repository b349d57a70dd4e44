import { type Database, execute, rows } from '../database.ts'
import { eraseCustomer } from '../erasure/eraseCustomer.ts'
import { failErasure, insertErasure } from '../erasure/erasures.ts'
import { isAway } from '../isAway.ts'
import { transact } from '../retry.ts'
import type { Before } from './periods.ts'
import { type Night, silentAfter, stillSilent } from './silentCustomers.ts'

/** So many are erased in one night: each is looked for in every text that is kept. The others follow in the next ones. */
export const MOST_A_NIGHT = 2_000

/** Who erases, in the list of erasures and in the audit trail. */
export const RETENTION_NAME = 'retention'

type Work = {
  run: number
  before: Before
  night: Night
  /** Our id of the customer looked at last. */
  place: number
  clock: () => Date
  /** Called after each step; what it throws ends the work, which goes on there later. */
  onStep: () => void | Promise<void>
}

/**
 * Erases the customers whose period is over, one after the other, as if somebody had asked for each. What a worker that died
 * has begun is ended first. Somebody who can't be erased does not keep the others: it is said in the list of erasures.
 */
export async function eraseSilent(db: Database, work: Work, most = MOST_A_NIGHT): Promise<void> {
  const { run, before, night, onStep } = work
  const begun = await rows<{ id: number }>(
    db,
    "SELECT id FROM erasures WHERE retention_run_id = ? AND state = 'running' ORDER BY id",
    [run],
  )
  for (const { id } of begun) await eraseOne(db, id, work)
  const [all] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM erasures WHERE retention_run_id = ?', [
    run,
  ])
  let left = most - (all?.count ?? 0)
  let { place } = work
  while (left > 0) {
    const { silent, last } = await silentAfter(db, place, before, night)
    for (const { id } of silent.filter(({ holds }) => holds.length === 0).slice(0, left)) {
      const erasure = await begin(db, id, work)
      if (erasure === null) continue
      await eraseOne(db, erasure, work)
      left -= 1
    }
    if (last === null || left <= 0) return
    place = last
    const held = silent.filter(({ holds }) => holds.length > 0).length
    await execute(
      db,
      "UPDATE retention_removals SET place = ?, held = held + ? WHERE run_id = ? AND kind = 'customers'",
      [place, held, run],
    )
    await onStep()
  }
}

/** Looks once more, now that nobody can change them, and notes that they are being erased. */
function begin(db: Database, id: number, { run, before, night, clock }: Work): Promise<number | null> {
  return transact(db, async (trx) => {
    const silent = await stillSilent(trx, id, before, night)
    if (silent === null || silent.holds.length > 0) return null
    const [other] = await rows(trx, "SELECT 1 FROM erasures WHERE customer_id = ? AND state = 'running'", [id])
    if (other !== undefined) return null
    return insertErasure(trx, id, { by: RETENTION_NAME, run }, clock())
  })
}

async function eraseOne(db: Database, erasure: number, { run, clock, onStep }: Work): Promise<void> {
  let stopped = false
  try {
    await eraseCustomer(db, erasure, clock, async () => {
      try {
        await onStep()
      } catch (error) {
        stopped = true
        throw error
      }
    })
  } catch (error) {
    if (stopped || isAway(error)) throw error
    await failErasure(db, erasure, error instanceof Error ? error.message : String(error))
  }
  await execute(
    db,
    `UPDATE retention_removals SET removed = (
       SELECT COUNT(*) FROM erasures WHERE retention_run_id = ? AND state = 'done') WHERE run_id = ? AND kind = 'customers'`,
    [run, run],
  )
}
