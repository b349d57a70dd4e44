import { type Database, execute, rows } from '../database.ts'
import { momentAt } from '../segments/moment.ts'
import { daysOf, findBacktest } from './backtest.ts'
import { tellChanges } from './changes.ts'
import { placeOf } from './days.ts'
import type { Subject } from './look.ts'
import { storeDay } from './storeDay.ts'
import { Walk } from './walk.ts'

/**
 * Plays a backtest or a forecast to its end: everybody is evaluated once, then on each day only those whose time has come
 * or of whom something became known. What another worker had written before it died stays: it goes on after that day, with
 * everybody evaluated at its end.
 *
 * @param onProgress called after each part; what it throws ends the work, which can be taken up again
 */
export async function runBacktest(
  db: Database,
  id: number,
  clock: () => Date,
  onProgress: () => void | Promise<void> = () => {},
): Promise<void> {
  const backtest = await findBacktest(db, id)
  if (backtest === null || backtest.state !== 'running') return
  const { kind, rule, scope, provider, segmentId, askedAt, daysDone } = backtest
  const { timeZone } = await momentAt(db, askedAt)
  const subject: Subject = {
    rule,
    scope,
    provider: provider ?? undefined,
    segmentId: segmentId ?? undefined,
    timeZone,
    source: kind === 'backtest' ? 'known' : 'raw',
  }
  const days = daysOf(backtest, timeZone)
  const begin = days.ends[daysDone - 1] ?? days.begin
  const walk = new Walk(db, subject, days)
  const [last] = await rows<{ id: number | null }>(db, 'SELECT MAX(id) AS id FROM customers')
  const total = last?.id ?? 0
  await walk.begin(begin, total, async (done) => {
    await execute(db, 'UPDATE backtests SET looked = ?, total = ? WHERE id = ?', [done, total, id])
    await onProgress()
  })
  if (kind === 'backtest') {
    await tellChanges(db, subject, { ...days, begin }, (customer, at) => {
      const end = days.ends[placeOf(days, at)]
      if (end !== undefined) walk.agenda.put(end, customer)
    })
  }
  for (const [place, day] of days.days.entries()) {
    const end = days.ends[place]
    if (place < daysDone || end === undefined) continue
    const steps = await walk.to(end)
    if (!(await storeDay(db, id, { place, day, members: walk.members, steps }))) return
    await onProgress()
  }
  await execute(db, "UPDATE backtests SET state = 'done', finished_at = ? WHERE id = ? AND state = 'running'", [
    clock(),
    id,
  ])
}
