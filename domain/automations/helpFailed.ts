import { type Database, execute, rows } from '../database.ts'
import { resendDelivery } from '../deliveries/resendDelivery.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { readVersions, versionKey } from './definition.ts'
import { leave } from './leave.ts'
import { type Move, moveOn } from './moveOn.ts'
import { STANDING, type Standing } from './standing.ts'
import { wakeCohorts } from './wakeCohorts.ts'

/** Which of those who stand at a step that failed; all of the automation's when nothing is said. */
export type FailedOnes = {
  step?: string | undefined
  version?: number | undefined
  enrolments?: readonly number[] | undefined
  reason?: string | undefined
}

type Failed = Standing & { automation_id: number; version: number; cohort_id: number; delivery_id: number | null }

/** How many at a time. */
const CHUNK = 1_000

/**
 * Tries a failed step again for those who stand at it. The caller hands the outbox over.
 *
 * @returns how many
 * @throws Problem `not_found` for an unknown automation
 */
export const retryFailed = (db: Database, key: string, which: FailedOnes, now: Date): Promise<number> =>
  inChunks(db, key, which, async (trx, failed) => {
    const sending = failed.filter(({ delivery_id: id }) => id !== null)
    for (const { id, delivery_id: delivery } of sending) {
      await execute(trx, "UPDATE enrolments SET stands = 'sending', reason = NULL WHERE id = ?", [id])
      if (delivery !== null) await resendDelivery(trx, delivery, now)
    }
    const others = failed.filter(({ delivery_id: id }) => id === null).map(({ id }) => id)
    if (others.length > 0) {
      await execute(
        trx,
        "UPDATE enrolments SET stands = 'ready', reason = NULL, attempts = 0, due_at = NULL WHERE id IN (?)",
        [others],
      )
    }
    await wakeCohorts(trx, [...new Set(failed.map(({ cohort_id: id }) => id))], now)
  })

/**
 * Lets those who stand at a failed step go on without it. The caller hands the outbox over.
 *
 * @returns how many
 * @throws Problem `not_found` for an unknown automation
 */
export const skipFailed = (db: Database, key: string, which: FailedOnes, now: Date): Promise<number> =>
  inChunks(db, key, which, async (trx, failed) => {
    const versions = await readVersions(
      trx,
      failed.map(({ automation_id: automationId, version }) => ({ automationId, version })),
    )
    for (const [name, version] of versions) {
      const moves = failed
        .filter((one) => versionKey({ automationId: one.automation_id, version: one.version }) === name)
        .map((who): Move => ({ who, to: version.walk.after(who.step), outcome: 'skipped' }))
      await moveOn(trx, version, moves, now)
    }
    await wakeCohorts(trx, [...new Set(failed.map(({ cohort_id: id }) => id))], now)
  })

/**
 * Takes customers out by hand, wherever they stand. The caller hands the outbox over.
 *
 * @returns how many were inside
 * @throws Problem `not_found` for an unknown automation
 */
export const takeOut = (db: Database, key: string, enrolments: readonly number[], now: Date): Promise<number> =>
  transact(db, async (trx) => {
    const id = await idOf(trx, key)
    const found = await rows<{ id: number }>(
      trx,
      "SELECT id FROM enrolments WHERE id IN (?) AND automation_id = ? AND state = 'active'",
      [[...enrolments], id],
    )
    const ids = found.map((row) => row.id)
    return (await leave(trx, ids, { state: 'exited', reason: 'by_hand' }, now)).left
  })

async function inChunks(
  db: Database,
  key: string,
  which: FailedOnes,
  act: (trx: Database, failed: Failed[]) => Promise<void>,
): Promise<number> {
  const id = await idOf(db, key)
  let count = 0
  for (let last = 0; ; ) {
    const failed = await transact(db, async (trx) => {
      const found = await failedOnes(trx, id, which, last)
      if (found.length > 0) await act(trx, found)
      return found
    })
    count += failed.length
    if (failed.length < CHUNK) return count
    last = failed.at(-1)?.id ?? last
  }
}

function failedOnes(trx: Database, automationId: number, which: FailedOnes, after: number): Promise<Failed[]> {
  const { step, version, enrolments, reason } = which
  const conditions = ["e.automation_id = ? AND e.state = 'active' AND e.stands = 'failed' AND e.id > ?"]
  const bindings: (string | number | number[])[] = [automationId, after]
  if (step !== undefined) {
    conditions.push('e.step = ?')
    bindings.push(step)
  }
  if (version !== undefined) {
    conditions.push('e.version = ?')
    bindings.push(version)
  }
  if (enrolments !== undefined) {
    conditions.push('e.id IN (?)')
    bindings.push([...enrolments])
  }
  if (reason !== undefined) {
    conditions.push('e.reason = ?')
    bindings.push(reason)
  }
  return rows<Failed>(
    trx,
    `SELECT ${STANDING}, e.automation_id, e.version, e.cohort_id, e.delivery_id
     FROM enrolments e ${enrolments === undefined ? 'FORCE INDEX (enrolments_place)' : ''}
     WHERE ${conditions.join(' AND ')} ORDER BY e.id LIMIT ${CHUNK} FOR UPDATE`,
    bindings as string[],
  )
}

/** @throws Problem `not_found` */
export async function idOf(db: Database, key: string): Promise<number> {
  const [found] = await rows<{ id: number }>(db, 'SELECT id FROM automations WHERE `key` = ?', [key])
  if (found === undefined) throw new Problem('not_found', `There is no automation “${key}”.`)
  return found.id
}
