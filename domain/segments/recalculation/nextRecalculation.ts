import { Temporal } from 'temporal-polyfill'
import { NIGHTLY_AT, type Recalculation } from '../../../rules/recalculation.ts'

/**
 * When a segment is recalculated next by the clock: at the next full hour, or the next time it is so late, both in the
 * business's time zone. A time that a clock change leaves out comes as much later; of one that comes twice it is the first.
 *
 * @param after later than this instant
 * @returns null for a segment that is kept current, or recalculated by hand
 */
export function nextRecalculation({ mode, at }: Recalculation, after: Date, timeZone: string): Date | null {
  const local = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone)
  if (mode === 'hourly') {
    return instantOf(local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 }))
  }
  if (mode !== 'nightly') return null
  const time = Temporal.PlainTime.from(at ?? NIGHTLY_AT)
  const today = local.toPlainDate()
  const tonight = today.toZonedDateTime({ timeZone, plainTime: time })
  const isAhead = tonight.epochMilliseconds > after.getTime()
  return instantOf(isAhead ? tonight : today.add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: time }))
}

const instantOf = (at: Temporal.ZonedDateTime): Date => new Date(at.epochMilliseconds)
