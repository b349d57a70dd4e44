import { Temporal } from 'temporal-polyfill'
import type { QuietHours } from '../settings/readSettings.ts'

/** When nothing is sent, and where: local times of a time zone. */
export type Quiet = { quietHours: QuietHours | null; timeZone: string }

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * When sending may go on: null when it may now. Quiet is every instant whose local time lies from `from` (with it) to
 * `to` (without it), over midnight when `to` is the earlier one. A clock that jumps over the end ends it, too.
 */
export function quietUntil({ quietHours, timeZone }: Quiet, now: Date): Date | null {
  if (quietHours === null) return null
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const isQuiet = (at: Temporal.ZonedDateTime) =>
    within(quietHours, at.toPlainTime().toString({ smallestUnit: 'minute' }))
  if (!isQuiet(local)) return null
  const end = Temporal.PlainTime.from(quietHours.to)
  const ends = [0, 1, 2].flatMap((days) => {
    const at = local.toPlainDate().add({ days }).toPlainDateTime(end)
    return (['earlier', 'later'] as const).map((disambiguation) => at.toZonedDateTime(timeZone, { disambiguation }))
  })
  const jump = local.getTimeZoneTransition('next')
  const open = [...ends, ...(jump === null ? [] : [jump])]
    .filter((at) => at.epochMilliseconds > now.getTime() && !isQuiet(at))
    .map((at) => at.epochMilliseconds)
  return new Date(Math.min(...open))
}

const within = ({ from, to }: QuietHours, time: string) =>
  from < to ? time >= from && time < to : time >= from || time < to

/** The longest that what quiet hours held is spread over afterwards, and what each message adds to it: milliseconds. */
const LONGEST_SPREAD = HOUR
const SPREAD_EACH = 1_000

/**
 * Over how many milliseconds messages that quiet hours held go out when they end, so that a night's worth of them is no
 * burst: a second for each, an hour at most, and no more than half of the time until the next quiet hours.
 */
export function spreadAfter(quietHours: QuietHours, messages: number): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  const quiet = ((minutes(quietHours.to) - minutes(quietHours.from) + 1_440) % 1_440) * 60_000
  return Math.min(messages * SPREAD_EACH, LONGEST_SPREAD, (DAY - quiet) / 2)
}
