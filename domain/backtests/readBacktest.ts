import type { Day } from '../../rules/time.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { momentAt } from '../segments/moment.ts'
import { type Backtest, daysOf, findBacktest } from './backtest.ts'

/** A day with its members at the end, and how many came and went on it. */
export type CountedDay = { day: Day; members: number; entered: number; left: number }

export type BacktestSoFar = Backtest & {
  /** From 0 to 1. */
  progress: number
  firstDay: Day
  lastDay: Day
  counted: CountedDay[]
}

/** What part of the work the evaluation of everybody at the beginning is taken for. */
const BEGINNING = 0.2

/**
 * How far a backtest or a forecast is, with the days that are written.
 *
 * @throws Problem 'not_found'
 */
export async function readBacktest(db: Database, id: number): Promise<BacktestSoFar> {
  const backtest = await findBacktest(db, id)
  if (backtest === null) throw new Problem('not_found', `There is no backtest ${id}`)
  const counted = await rows<CountedDay>(
    db,
    'SELECT day, members, entered, went AS `left` FROM backtest_days WHERE backtest_id = ? ORDER BY day',
    [id],
  )
  const { timeZone } = await momentAt(db, backtest.askedAt)
  const { days } = daysOf(backtest, timeZone)
  const played = BEGINNING * backtest.looked + (1 - BEGINNING) * (backtest.daysDone / days.length)
  return {
    ...backtest,
    progress: backtest.state === 'done' ? 1 : Math.min(played, 1),
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
    counted,
  }
}

export type BacktestChange = {
  customer: { id: string; name: string }
  provider: string | null
  entered: boolean
  day: Day
  at: Date
}

type Search = { day?: Day | undefined; entered?: boolean | undefined; limit: number; after: number | null }

/** Who entered and left, in the order of time. Returns the page, and after which the next one begins. */
export async function listChanges(
  db: Database,
  id: number,
  { day, entered, limit, after }: Search,
): Promise<{ changes: BacktestChange[]; next: number | null }> {
  const found = await rows<Named & { change_id: number; provider: string | null; entered: number; day: Day; at: Date }>(
    db,
    `SELECT ${NAME_COLUMNS}, b.id AS change_id, p.external_id AS provider, b.entered, b.day, b.at
     FROM backtest_changes b JOIN customers c ON c.id = b.customer_id LEFT JOIN providers p ON p.id = b.provider_id
     WHERE b.backtest_id = ? AND b.id > ? ${day === undefined ? '' : 'AND b.day = ?'}
       ${entered === undefined ? '' : 'AND b.entered = ?'}
     ORDER BY b.id LIMIT ?`,
    [id, after ?? 0, ...(day === undefined ? [] : [day]), ...(entered === undefined ? [] : [entered]), limit + 1],
  )
  const page = found.slice(0, limit)
  const changes = page.map((row) => ({
    customer: { id: row.external_id, name: customerName(row) },
    provider: row.provider,
    entered: row.entered === 1,
    day: row.day,
    at: row.at,
  }))
  return { changes, next: found.length > limit ? (page.at(-1)?.change_id ?? null) : null }
}
