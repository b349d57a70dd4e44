import { Temporal } from 'temporal-polyfill'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/** Every column that holds the local day of the instant beside it. `relationships` is rebuilt from these. */
const DAYS = [
  { table: 'customers', instant: 'joined_at', day: 'joined_on' },
  { table: 'bookings', instant: 'starts_at', day: 'starts_on' },
  { table: 'payments', instant: 'paid_at', day: 'paid_on' },
  { table: 'interactions', instant: 'at', day: 'happened_on' },
] as const

/** About half a minute of work. With more, the call would outlast its caller and hold up everything that writes. */
const MAX_ROWS = 1_000_000

/**
 * Writes all local days anew in a time zone and marks every relationship for the next refresh, with the cause
 * 'historical': a corrected setting is no news about anybody.
 *
 * @throws Problem 'conflict' when there are more than a million rows
 */
export async function moveDays(trx: Database, timeZone: string, now: Date): Promise<void> {
  const count = await countRows(trx)
  if (count > MAX_ROWS) {
    throw new Problem(
      'conflict',
      `The time zone can be changed while there are at most ${MAX_ROWS.toLocaleString('en')} bookings, payments, ` +
        `interactions and customers; there are ${count.toLocaleString('en')}.`,
      [{ path: '/time_zone', message: 'Can no longer be changed in one call' }],
    )
  }
  for (const { table, instant, day } of DAYS) {
    const local = await localDays(trx, { table, instant }, timeZone)
    if (local === null) continue
    await execute(trx, `UPDATE ${table} SET ${day} = ${local.sql} WHERE \`${instant}\` IS NOT NULL`, local.bindings)
  }
  await execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT provider_id, customer_id, 'historical', ? FROM relationships`,
    [now],
  )
}

/** What a change of the time zone would do. */
export type DaysMoved = {
  /** How many of each would lie on another day. */
  customers: number
  bookings: number
  payments: number
  interactions: number
  /** How many relationships would be looked at again. */
  relationships: number
  /** There is more than one call can move. */
  tooMany: boolean
}

/** Counts what {@link moveDays} would move, and moves nothing. */
export async function countMovedDays(db: Database, timeZone: string): Promise<DaysMoved> {
  const moved: Record<string, number> = {}
  const tooMany = (await countRows(db)) > MAX_ROWS
  for (const { table, instant, day } of tooMany ? [] : DAYS) {
    const local = await localDays(db, { table, instant }, timeZone)
    if (local === null) continue
    const [row] = await rows<{ count: number }>(
      db,
      `SELECT COUNT(*) AS count FROM ${table} WHERE \`${instant}\` IS NOT NULL AND ${day} <> ${local.sql}`,
      local.bindings,
    )
    moved[table] = row?.count ?? 0
  }
  const [all] = await rows<{ count: number }>(db, 'SELECT COUNT(*) AS count FROM relationships')
  const { customers = 0, bookings = 0, payments = 0, interactions = 0 } = moved
  return { customers, bookings, payments, interactions, relationships: all?.count ?? 0, tooMany }
}

async function countRows(db: Database): Promise<number> {
  let count = 0
  for (const { table } of DAYS) {
    const [row] = await rows<{ count: number }>(db, `SELECT COUNT(*) AS count FROM ${table}`)
    count += row?.count ?? 0
  }
  return count
}

/** The local days of a table's instants as SQL; null when it has none. */
async function localDays(db: Database, { table, instant }: { table: string; instant: string }, timeZone: string) {
  const [range] = await rows<{ first: Date | null; last: Date | null }>(
    db,
    `SELECT MIN(\`${instant}\`) AS first, MAX(\`${instant}\`) AS last FROM ${table}`,
  )
  if (range === undefined || range.first === null || range.last === null) return null
  return localDaySql(`\`${instant}\``, offsetsOf(timeZone, range.first, range.last))
}

/** From `from` on (null: always), local time is so many seconds ahead of UTC. */
type Offset = { from: Date | null; seconds: number }

/** The offsets of a time zone between two instants, in order. */
export function offsetsOf(timeZone: string, first: Date, last: Date): Offset[] {
  const start = Temporal.Instant.fromEpochMilliseconds(first.getTime()).toZonedDateTimeISO(timeZone)
  const offsets: Offset[] = [{ from: null, seconds: seconds(start) }]
  for (let at = start.getTimeZoneTransition('next'); at !== null; at = at.getTimeZoneTransition('next')) {
    if (at.epochMilliseconds > last.getTime()) break
    offsets.push({ from: new Date(at.epochMilliseconds), seconds: seconds(at) })
  }
  return offsets
}

const seconds = (at: Temporal.ZonedDateTime): number => Math.round(at.offsetNanoseconds / 1e9)

/** SQL for the local day of an instant: no time-zone tables, which many databases lack. */
function localDaySql(instant: string, offsets: readonly Offset[]): { sql: string; bindings: Array<Date | number> } {
  const [first, ...later] = offsets
  const bindings: Array<Date | number> = []
  const branches = [...later].reverse().map(({ from, seconds: ahead }) => {
    bindings.push(from ?? new Date(0), ahead)
    return `WHEN ${instant} >= ? THEN ?`
  })
  bindings.push(first?.seconds ?? 0)
  const offset = branches.length === 0 ? '?' : `CASE ${branches.join(' ')} ELSE ? END`
  return { sql: `DATE(DATE_ADD(${instant}, INTERVAL ${offset} SECOND))`, bindings }
}
