import { addDays, type Day, dayOf, startOfDay } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'

const STEPS = ['sent', 'opened', 'clicked'] as const
type Step = (typeof STEPS)[number]
type Counts = Record<Step, number>

/** How many were sent, first opened and first clicked, with every hour and day in between, also the empty ones. */
export type OverTime = {
  /** The hours since the first message, at most 48. */
  hours: (Counts & { at: Date })[]
  /** The days of the business's calendar since then, at most 90. */
  days: (Counts & { day: Day })[]
}

const HOURS = 48
const DAYS = 90
/** Every time zone is a multiple of this away from UTC, in seconds: what is counted by it can be put into any zone's days. */
const QUARTER = 900
const HOUR = 3_600_000

/**
 * @param timeZone of the business
 * @param now the last hour and day begin before it
 */
export async function overTimeOf(db: Database, campaign: number, timeZone: string, now: Date): Promise<OverTime> {
  const quarters = await countQuarters(db, campaign)
  const first = quarters.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
  if (!Number.isFinite(first)) return { hours: [], days: [] }
  return { hours: byHour(quarters, first, now), days: byDay(quarters, first, timeZone, now) }
}

type Quarter = { step: Step; at: number; count: number }

async function countQuarters(db: Database, campaign: number): Promise<Quarter[]> {
  const found: Quarter[] = []
  for (const step of STEPS) {
    const counted = await rows<{ quarter: number; count: number }>(
      db,
      `SELECT FLOOR(UNIX_TIMESTAMP(${step}_at) / ${QUARTER}) AS quarter, COUNT(*) AS count FROM deliveries
       WHERE campaign_id = ? AND ${step}_at IS NOT NULL AND NOT test GROUP BY quarter`,
      [campaign],
    )
    found.push(...counted.map(({ quarter, count }) => ({ step, at: Number(quarter) * QUARTER * 1_000, count })))
  }
  return found
}

const none = (): Counts => ({ sent: 0, opened: 0, clicked: 0 })

function byHour(quarters: readonly Quarter[], first: number, now: Date): OverTime['hours'] {
  const count = Math.min(HOURS, Math.max(1, Math.ceil((now.getTime() - first) / HOUR)))
  const hours = Array.from({ length: count }, (_, index) => ({ at: new Date(first + index * HOUR), ...none() }))
  for (const { step, at, count } of quarters) {
    const hour = hours[Math.floor((at - first) / HOUR)]
    if (hour !== undefined) hour[step] += count
  }
  return hours
}

function byDay(quarters: readonly Quarter[], first: number, timeZone: string, now: Date): OverTime['days'] {
  const days: OverTime['days'] = []
  const ends = new Map<Day, (typeof days)[number]>()
  const today = dayOf(now, timeZone)
  for (let day = dayOf(new Date(first), timeZone); day <= today && days.length < DAYS; day = addDays(day, 1)) {
    const counts = { day, ...none() }
    days.push(counts)
    ends.set(day, counts)
  }
  const end = days.at(-1)
  const after = end === undefined ? 0 : startOfDay(addDays(end.day, 1), timeZone).getTime()
  for (const { step, at, count } of quarters) {
    const day = at < after ? ends.get(dayOf(new Date(at), timeZone)) : undefined
    if (day !== undefined) day[step] += count
  }
  return days
}
