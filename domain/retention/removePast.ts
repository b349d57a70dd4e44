import { setTimeout as sleep } from 'node:timers/promises'
import { type Day, dayOf } from '../../rules/time.ts'
import { type Database, execute, rows } from '../database.ts'
import { transact } from '../retry.ts'
import { readSettings } from '../settings/readSettings.ts'
import { eraseSilent } from './eraseSilent.ts'
import { REMOVALS } from './removals.ts'

/** After each batch others have the database for as long as it took, in milliseconds at most. */
const LONGEST_PAUSE = 500

type Row = { before_on: Day; before_at: Date; state: string; place: number; started_at: Date }

/**
 * Does a night's work with one kind of thing, batch by batch, each in a transaction of its own with its count: whoever takes
 * it up after a crash goes on with what is left. Done again, it does nothing.
 *
 * @param onBatch called between two; what it throws ends the work, which can be taken up again
 */
export async function removePast(
  db: Database,
  run: number,
  kind: string,
  clock: () => Date,
  onBatch: () => void | Promise<void> = () => {},
): Promise<void> {
  const [row] = await rows<Row>(
    db,
    `SELECT before_on, before_at, m.state, place, r.started_at FROM retention_removals m
     JOIN retention_runs r ON r.id = m.run_id WHERE m.run_id = ? AND m.kind = ?`,
    [run, kind],
  )
  if (row === undefined || row.state === 'done') return
  const before = { on: row.before_on, at: row.before_at }
  if (kind === 'customers') {
    const { timeZone } = await readSettings(db)
    const night = { now: row.started_at, today: dayOf(row.started_at, timeZone) }
    await eraseSilent(db, { run, before, night, place: row.place, clock, onStep: onBatch })
  } else {
    const removal = REMOVALS[kind as keyof typeof REMOVALS]
    for (let more = true; more; ) {
      const began = performance.now()
      more = await transact(db, async (trx) => {
        const done = await removal.remove(trx, before, clock())
        await execute(trx, 'UPDATE retention_removals SET removed = removed + ? WHERE run_id = ? AND kind = ?', [
          ...[done.removed, run, kind],
        ])
        return done.more
      })
      if (!more) break
      await onBatch()
      await sleep(Math.min(performance.now() - began, LONGEST_PAUSE))
    }
  }
  await execute(db, "UPDATE retention_removals SET state = 'done', error = NULL WHERE run_id = ? AND kind = ?", [
    run,
    kind,
  ])
}

/** Notes that a kind of thing could not be looked through to the end, with the reason; the others go on. */
export async function failRemoval(db: Database, run: number, kind: string, reason: string): Promise<void> {
  await execute(
    db,
    "UPDATE retention_removals SET state = 'failed', error = ? WHERE run_id = ? AND kind = ? AND state = 'waiting'",
    [reason.slice(0, 500), run, kind],
  )
}
