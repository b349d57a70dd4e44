import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { quietUntil, spreadAfter } from '../../domain/deliveries/quietHours.ts'

const MINUTE = 60_000
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago', 'UTC']
/** Days around which clocks change somewhere in {@link ZONES}. */
const CHANGES = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2026-10-04',
  '2026-09-06',
  '2026-07-01',
]

const time = fc.integer({ min: 0, max: 1_439 }).map((minutes) => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
})

/** The naive answer: looks at the clock on the wall, minute by minute. */
function waitByTheClock({ from, to }: { from: string; to: string }, timeZone: string, now: Date): Date | null {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const isQuiet = (at: Date) => {
    const wall = format.format(at)
    return from < to ? from <= wall && wall < to : from <= wall || wall < to
  }
  if (!isQuiet(now)) return null
  let at = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE + MINUTE)
  while (isQuiet(at)) at = new Date(at.getTime() + MINUTE)
  return at
}

describe('quiet hours', () => {
  test('end when the clock on the wall says so, over midnight and over changes of the clock', () => {
    const instants = fc
      .tuple(
        fc.constantFrom(...CHANGES),
        fc.integer({ min: -36 * 60, max: 36 * 60 }),
        fc.integer({ min: 0, max: 59_999 }),
      )
      .map(([day, minutes, milliseconds]) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE + milliseconds))
    fc.assert(
      fc.property(time, time, fc.constantFrom(...ZONES), instants, (from, to, timeZone, now) => {
        fc.pre(from !== to)
        const expected = waitByTheClock({ from, to }, timeZone, now)
        expect(quietUntil({ quietHours: { from, to }, timeZone }, now)).toEqual(expected)
      }),
      { numRuns: 400 },
    )
  }, 60_000)

  test('a night of an hour less ends at the hour on the wall', () => {
    const quiet = { quietHours: { from: '21:00', to: '02:30' }, timeZone: 'Europe/Berlin' }
    // the clocks jump from 02:00 to 03:00: half past two never comes
    expect(quietUntil(quiet, new Date('2026-03-28T22:00:00Z'))).toEqual(new Date('2026-03-29T01:00:00Z'))
    expect(quietUntil({ ...quiet, quietHours: null }, new Date())).toBeNull()
  })

  test('what they held goes out over a second each, an hour at most, and well before the next ones', () => {
    const night = { from: '21:00', to: '08:00' }
    expect(spreadAfter(night, 37)).toBe(37_000)
    expect(spreadAfter(night, 1_000_000)).toBe(3_600_000)
    expect(spreadAfter({ from: '09:00', to: '08:00' }, 1_000_000)).toBe(1_800_000)
  })
})
