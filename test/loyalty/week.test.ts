import { describe, expect, test } from '@jest/globals'
import { mondayOf, startOfWeek, weekAfter, weekOf } from '../../domain/campaigns/loyalty/week.ts'
import { randomFrom } from '../support/random.ts'

const DAY = 86_400_000
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Tokyo',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
]

/** The local day of an instant as Intl writes it, as a UTC midnight: arithmetic on it knows no clock changes. */
function localDay(instant: Date, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return new Date(`${parts.format(instant)}T00:00:00Z`)
}

/** ISO 8601 by counting: the year is that of the week's Thursday, the week the number of Thursdays in it so far. */
function naiveWeek(instant: Date, timeZone: string): string {
  const day = localDay(instant, timeZone)
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * DAY)
  let thursdays = 0
  for (let at = Date.UTC(thursday.getUTCFullYear(), 0, 1); at <= thursday.getTime(); at += DAY) {
    if (new Date(at).getUTCDay() === 4) thursdays += 1
  }
  return `${thursday.getUTCFullYear()}-W${String(thursdays).padStart(2, '0')}`
}

describe('the ISO week of an instant in a time zone', () => {
  test.each([
    // years with 53 weeks, and days that belong to another year's week
    ['2026-12-31T12:00:00Z', 'UTC', '2026-W53'],
    ['2027-01-03T12:00:00Z', 'UTC', '2026-W53'],
    ['2027-01-04T00:00:00Z', 'UTC', '2027-W01'],
    ['2024-12-30T12:00:00Z', 'UTC', '2025-W01'],
    ['2021-01-03T23:59:59Z', 'UTC', '2020-W53'],
    // Sunday in New York, Monday in Berlin
    ['2026-11-29T23:30:00Z', 'Europe/Berlin', '2026-W49'],
    ['2026-11-29T23:30:00Z', 'America/New_York', '2026-W48'],
    // the last and the first instant around the nights in which clocks change
    ['2026-03-29T21:59:59Z', 'Europe/Berlin', '2026-W13'],
    ['2026-03-29T22:00:00Z', 'Europe/Berlin', '2026-W14'],
    ['2026-10-25T22:59:59Z', 'Europe/Berlin', '2026-W43'],
    ['2026-10-25T23:00:00Z', 'Europe/Berlin', '2026-W44'],
  ])('%s in %s is %s', (instant, timeZone, week) => {
    expect(weekOf(new Date(instant), timeZone)).toBe(week)
  })

  test('is what counting Thursdays gives, wherever and whenever', () => {
    const random = randomFrom(53)
    for (let round = 0; round < 1_500; round++) {
      const instant = new Date(Date.UTC(2010, 0, 1) + random.int(0, 40 * 365) * DAY + random.int(0, DAY - 1))
      const timeZone = random.pick(ZONES)
      const week = weekOf(instant, timeZone)
      expect(`${instant.toISOString()} ${timeZone} ${week}`).toBe(
        `${instant.toISOString()} ${timeZone} ${naiveWeek(instant, timeZone)}`,
      )
    }
  })

  test('begins with its first instant, and the next one follows it without a gap', () => {
    const random = randomFrom(7)
    for (let round = 0; round < 500; round++) {
      const timeZone = random.pick(ZONES)
      const instant = new Date(Date.UTC(2020, 0, 1) + random.int(0, 12 * 365) * DAY + random.int(0, DAY - 1))
      const week = weekOf(instant, timeZone)
      const begins = startOfWeek(week, timeZone)
      const next = startOfWeek(weekAfter(week), timeZone)
      expect(begins.getTime()).toBeLessThanOrEqual(instant.getTime())
      expect(next.getTime()).toBeGreaterThan(instant.getTime())
      expect([weekOf(begins, timeZone), weekOf(new Date(next.getTime() - 1), timeZone)]).toEqual([week, week])
      expect(weekOf(next, timeZone)).toBe(weekAfter(week))
      expect(new Date(`${mondayOf(week)}T00:00:00Z`).getUTCDay()).toBe(1)
      expect(week < weekAfter(week)).toBe(true)
    }
  })
})
