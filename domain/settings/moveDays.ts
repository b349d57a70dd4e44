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
  let count = 0
  for (const { table } of DAYS) {
    const [row] = await rows<{ count: number }>(trx, `SELECT COUNT(*) AS count FROM ${table}`)
    count += row?.count ?? 0
  }
  if (count > MAX_ROWS) {
    throw new Problem(
      'conflict',
      `The time zone can be changed while there are at most ${MAX_ROWS.toLocaleString('en')} bookings, payments, ` +
        `interactions and customers; there are ${count.toLocaleString('en')}.`,
      [{ path: '/time_zone', message: 'Can no longer be changed in one call' }],
    )
  }
  for (const { table, instant, day } of DAYS) {
    const [range] = await rows<{ first: Date | null; last: Date | null }>(
      trx,
      `SELECT MIN(\`${instant}\`) AS first, MAX(\`${instant}\`) AS last FROM ${table}`,
    )
    if (range === undefined || range.first === null || range.last === null) continue
    const { sql, bindings } = localDaySql(`\`${instant}\``, offsetsOf(timeZone, range.first, range.last))
    await execute(trx, `UPDATE ${table} SET ${day} = ${sql} WHERE \`${instant}\` IS NOT NULL`, bindings)
  }
  await execute(
    trx,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at)
     SELECT provider_id, customer_id, 'historical', ? FROM relationships`,
    [now],
  )
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
