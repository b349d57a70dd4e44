import { setTimeout as sleep } from 'node:timers/promises'
import { isArriving, takeArrivals } from '../automations/entering/takeArrivals.ts'
import { nextArrival, takeDates } from '../automations/entering/takeDates.ts'
import { type Database, rows } from '../database.ts'
import { startDueRetention } from '../retention/runs.ts'
import { attend, stopAttending } from './attendance.ts'
import { startDueRecalculations } from './recalculation/startDue.ts'
import { refreshSegments } from './refreshSegments.ts'

/** Refreshes begin no closer together than this, in milliseconds: under steady traffic each does more at once. */
const PACE = 150
/** How long nothing may have come since a refresh before it counts as quiet, in milliseconds. */
const SETTLES = 300
/** How often it is looked whether something has come, in milliseconds. */
const LOOK_EVERY = 25
/** A flip this near is waited for, in milliseconds: a durable timer may be a second late. */
const NEAR = 2_000
/** After this long whoever keeps the segments current is asked again, in milliseconds. */
const LONGEST = 300_000

/**
 * Refreshes again and again for as long as changes keep coming, or the next flip is near, and begins the recalculations
 * whose time has come. All the while it says that it attends, so that nobody needs to wake the upkeep: between two
 * refreshes of a busy time there is no way through Temporal, whose timers may fire a second late.
 *
 * @param clock says which moment segments are brought up to
 * @param stop asked between refreshes: true ends it
 * @param onEntered called when customers have entered automations: their workflows wait in the outbox
 * @returns when time alone next changes anything, or asks for the next recalculation; null when never
 */
export async function refreshWhileBusy(
  db: Database,
  clock: () => Date,
  stop: () => boolean,
  onEntered: () => void = () => {},
): Promise<Date | null> {
  const ends = performance.now() + LONGEST
  const over = () => stop() || performance.now() > ends
  for (;;) {
    const next = await refreshUntilQuiet(db, clock, over, onEntered)
    await stopAttending(db)
    // whoever saw us attend has woken nobody: what they committed is there to be seen now
    if (over() || !(await isDirty(db, clock()))) return next
  }
}

async function refreshUntilQuiet(
  db: Database,
  clock: () => Date,
  over: () => boolean,
  onEntered: () => void,
): Promise<Date | null> {
  for (;;) {
    await attend(db)
    const began = performance.now()
    const next = await refreshOnce(db, clock(), onEntered)
    const ended = performance.now()
    const ahead = () => (next === null ? Number.POSITIVE_INFINITY : next.getTime() - clock().getTime())
    const quiet = () => performance.now() > ended + SETTLES && ahead() > NEAR
    while (!over() && performance.now() < began + PACE) await sleep(LOOK_EVERY)
    while (!over() && ahead() > 0 && !(await isDirty(db, clock()))) {
      if (quiet()) return next
      await sleep(LOOK_EVERY)
    }
    if (over()) return next
  }
}

/**
 * Brings every segment up to a moment, lets those enter automations who may, and begins the recalculations, and the night's
 * removal of what is past its period, whose time has come by then.
 *
 * @returns when time alone next changes anything, or asks for the next recalculation; null when never
 */
export async function refreshOnce(db: Database, now: Date, onEntered: () => void = () => {}): Promise<Date | null> {
  const { nextFlip } = await refreshSegments(db, now)
  await takeDates(db, now)
  if ((await takeArrivals(db, now)) > 0) onEntered()
  const nextRecalculation = await startDueRecalculations(db, now)
  const nextNight = await startDueRetention(db, now)
  const [next] = [nextFlip, nextRecalculation, nextNight, await nextArrival(db)]
    .filter((at) => at !== null)
    .sort((a, b) => a.getTime() - b.getTime())
  return next ?? null
}

async function isDirty(db: Database, now: Date): Promise<boolean> {
  const marked = await rows(db, 'SELECT 1 FROM dirty_relationships LIMIT 1')
  return marked.length > 0 || (await isArriving(db, now))
}
