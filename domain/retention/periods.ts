import {
  DEFAULT_PERIODS,
  keptFrom,
  type Periods,
  RETENTION,
  RETENTION_AT,
  RETENTION_KINDS,
} from '../../rules/retention/kinds.ts'
import type { Day } from '../../rules/time.ts'
import { startOfDay } from '../../rules/time.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { transact } from '../retry.ts'
import type { Moment } from '../segments/moment.ts'
import { nextRecalculation } from '../segments/recalculation/nextRecalculation.ts'
import { readSettings } from '../settings/readSettings.ts'

/** What happened before goes: the local day, and the instant at which it begins. */
export type Before = { on: Day; at: Date }

/** For how long everything is kept, and when that is looked at next. */
export type Kept = { periods: Periods; nextAt: Date }

type Row = { periods: string; next_at: Date }

/** For how long everything is kept; a database in which nobody has said it yet gets its first night. */
export async function readKept(db: Database, now: Date, { hold = false } = {}): Promise<Kept> {
  const sql = `SELECT periods, next_at FROM retention WHERE id = 1${hold ? ' FOR UPDATE' : ''}`
  let [row] = await rows<Row>(db, sql)
  if (row === undefined) {
    await execute(db, "INSERT IGNORE INTO retention (id, periods, next_at) VALUES (1, '{}', ?)", [
      await nextNight(db, now),
    ])
    row = (await rows<Row>(db, sql))[0]
  }
  const said = fromJson<Partial<Periods>>(row?.periods ?? '{}') ?? {}
  return { periods: { ...DEFAULT_PERIODS, ...said }, nextAt: row?.next_at ?? (await nextNight(db, now)) }
}

/** What to change; what is left out stays as it is. */
export type PeriodsChange = { [Kind in keyof Periods]?: Periods[Kind] | undefined }

export const changedPeriods = (periods: Periods, change: PeriodsChange): Periods => ({
  ...periods,
  ...(Object.fromEntries(Object.entries(change).filter(([, amount]) => amount !== undefined)) as Partial<Periods>),
})

/** Says for how long something is kept from now on; nothing goes before the next night. */
export async function changePeriods(db: Database, change: PeriodsChange, now: Date): Promise<Kept> {
  await readKept(db, now)
  return transact(db, async (trx) => {
    const { periods } = await readKept(trx, now, { hold: true })
    await execute(trx, 'UPDATE retention SET periods = ? WHERE id = 1', [
      JSON.stringify(changedPeriods(periods, change)),
    ])
    return readKept(trx, now)
  })
}

/** When the next night's work begins, later than an instant. */
export async function nextNight(db: Database, after: Date): Promise<Date> {
  const { timeZone } = await readSettings(db)
  const at = nextRecalculation({ mode: 'nightly', at: RETENTION_AT }, after, timeZone)
  if (at === null) throw new Error('What is nightly comes every night')
  return at
}

/** Night comes at another time in another time zone. */
export async function scheduleNight(trx: Database, now: Date): Promise<void> {
  await execute(trx, 'UPDATE retention SET next_at = ? WHERE id = 1', [await nextNight(trx, now)])
}

/** What is before the period of each kind that has an end, at a moment. */
export function beforeOf(periods: Periods, { today, timeZone }: Pick<Moment, 'today' | 'timeZone'>) {
  return RETENTION_KINDS.flatMap((kind) => {
    const amount = periods[kind]
    if (amount === null) return []
    const on = keptFrom(RETENTION[kind].unit, amount, today)
    return [{ kind, before: { on, at: startOfDay(on, timeZone) } }]
  })
}
