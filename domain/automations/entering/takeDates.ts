import type { DateTrigger } from '../../../rules/automations/automation.ts'
import { atTime } from '../../../rules/automations/instants.ts'
import { addDays, dayOf } from '../../../rules/time.ts'
import { type Database, execute, rows } from '../../database.ts'
import { transact } from '../../retry.ts'
import type { Pair } from '../../segments/markDirty.ts'
import { readSettings } from '../../settings/readSettings.ts'
import { whoseDateIs } from '../dates.ts'
import { readVersion } from '../definition.ts'
import { insertArrivals, providersOf } from '../hear.ts'

/** What was missed while nothing ran is made up for, but no date that is longer ago: in days. */
const MADE_UP = 3

/**
 * Notes the arrival of those whose date has come, for automations that begin on one: on the local day, right after its
 * hour, found by an index of those days.
 */
export async function takeDates(db: Database, now: Date): Promise<void> {
  const due = await rows<{ id: number }>(
    db,
    "SELECT id FROM automations WHERE next_date_at <= ? AND state = 'live' ORDER BY id",
    [now],
  )
  for (const { id } of due) await transact(db, (trx) => takeDate(trx, id, now))
}

async function takeDate(trx: Database, automationId: number, now: Date): Promise<void> {
  const [row] = await rows<{ version: number; next: Date | null }>(
    trx,
    "SELECT version, next_date_at AS next FROM automations WHERE id = ? AND state = 'live' FOR UPDATE",
    [automationId],
  )
  if (row === undefined || row.next === null || row.next > now) return
  const { definition } = await readVersion(trx, automationId, row.version)
  const { when, scope } = definition
  const { timeZone } = await readSettings(trx)
  const next = when.on === 'date' ? nextDate(when, now, timeZone) : null
  if (when.on === 'date') {
    const today = dayOf(now, timeZone)
    const [, first = today] = [dayOf(row.next, timeZone), addDays(today, -MADE_UP)].sort()
    for (let day = first; day <= today && atTime(day, when.at, timeZone) <= now; day = addDays(day, 1)) {
      const those = await whoseDateIs(trx, when.of, addDays(day, -when.days))
      const pairs = scope === 'provider' && when.of === 'birthday' ? await withEach(trx, those) : those
      const arrivals = pairs
        .filter(({ providerId }) => (providerId === 0) === (scope === 'business'))
        .map(({ providerId, customerId }) => [providerId, customerId, 'time'] as const)
      await insertArrivals(trx, automationId, arrivals, now)
    }
  }
  await execute(trx, 'UPDATE automations SET next_date_at = ? WHERE id = ?', [next, automationId])
}

/** Each customer with each of their providers. */
async function withEach(trx: Database, those: readonly Pair[]): Promise<Pair[]> {
  const related = await providersOf(
    trx,
    those.map(({ customerId }) => customerId),
  )
  return those.flatMap(({ customerId }) =>
    (related.get(customerId) ?? []).map((providerId) => ({ providerId, customerId })),
  )
}

/** The next instant after now at which somebody's date may come. */
export function nextDate({ at }: DateTrigger, now: Date, timeZone: string): Date {
  const today = dayOf(now, timeZone)
  const instant = atTime(today, at, timeZone)
  return instant > now ? instant : atTime(addDays(today, 1), at, timeZone)
}

/** When somebody may next enter by time alone: a date that comes, or an arrival that is to be later. */
export async function nextArrival(db: Database): Promise<Date | null> {
  const [row] = await rows<{ date: Date | null; arrival: Date | null }>(
    db,
    `SELECT (SELECT MIN(next_date_at) FROM automations WHERE state = 'live') AS date,
       (SELECT MIN(due_at) FROM automation_arrivals) AS arrival`,
  )
  const [first] = [row?.date ?? null, row?.arrival ?? null]
    .filter((at) => at !== null)
    .sort((one, other) => one.getTime() - other.getTime())
  return first ?? null
}
