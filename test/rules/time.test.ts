import { describe, expect, test } from '@jest/globals'
import { shifted } from '../../rules/dates.ts'
import { addMonths, dayOf, startOfDay } from '../../rules/time.ts'

describe('months are clipped at their end', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-30', -13, '2025-02-28'],
  ])('%s and %i months', (day, months, expected) => expect(addMonths(day, months)).toBe(expected))

  test('a week is seven days', () => expect(shifted('2026-03-01', { weeks: 1 }, -1)).toBe('2026-02-22'))
})

describe('days begin when the business says', () => {
  test('23 and 25 hours lie between the midnights of a clock change', () => {
    const hours = (day: string, next: string, zone: string) =>
      (startOfDay(next, zone).getTime() - startOfDay(day, zone).getTime()) / 3_600_000
    expect(hours('2026-03-29', '2026-03-30', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-25', '2026-10-26', 'Europe/Berlin')).toBe(25)
    expect(hours('2026-10-04', '2026-10-05', 'Australia/Lord_Howe')).toBe(23.5)
  })

  test('a midnight that the clock change skips begins the day an hour later', () => {
    expect(startOfDay('2026-03-29', 'Asia/Beirut').toISOString()).toBe('2026-03-28T22:00:00.000Z')
    expect(dayOf(new Date('2026-03-28T21:59:59.999Z'), 'Asia/Beirut')).toBe('2026-03-28')
  })

  test('one instant lies on different days', () => {
    const instant = new Date('2026-06-30T23:30:00Z')
    expect(dayOf(instant, 'Pacific/Apia')).toBe('2026-07-01')
    expect(dayOf(instant, 'America/New_York')).toBe('2026-06-30')
  })
})
