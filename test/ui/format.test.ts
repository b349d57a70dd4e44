import { describe, expect, test } from '@jest/globals'
import { readSearch, writeSearch } from '../../ui/app/search.ts'
import { dayOptions } from '../../ui/shared/dates.ts'
import { hueOf, initialsOf } from '../../ui/shared/initials.ts'
import { relativeParts } from '../../ui/shared/relative.ts'
import { sparkPath } from '../../ui/shared/sparkline.ts'

const now = new Date('2026-11-25T12:00:00Z')
const before = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('how long ago', () => {
  test.each([
    [0, 'now'],
    [2, 'now'],
    [4, { value: -4, unit: 'second' }],
    [59, { value: -59, unit: 'second' }],
    [60, { value: -1, unit: 'minute' }],
    [3_599, { value: -59, unit: 'minute' }],
    [3_600, { value: -1, unit: 'hour' }],
    [86_399, { value: -23, unit: 'hour' }],
    [9 * 86_400, { value: -9, unit: 'day' }],
    [400 * 86_400, { value: -1, unit: 'year' }],
    [-7_200, { value: 2, unit: 'hour' }],
  ])('%i seconds', (seconds, parts) => {
    expect(relativeParts(before(seconds), now)).toEqual(parts)
  })

  test('a day has its year only when it is far away in another one', () => {
    expect(dayOptions(new Date('2026-01-02T12:00:00Z'), now)).not.toHaveProperty('year')
    expect(dayOptions(new Date('2027-02-02T12:00:00Z'), now)).not.toHaveProperty('year')
    expect(dayOptions(new Date('2024-12-02T12:00:00Z'), now)).toHaveProperty('year')
  })
})

describe('the small line of a number', () => {
  test('goes from the left to the right, low values at the bottom', () => {
    expect(sparkPath([0, 10, 5], 100, 20)).toBe('M0 20L50 0L100 10')
  })
  test('lies in the middle when nothing changes, and for one value alone', () => {
    expect(sparkPath([4, 4], 10, 20)).toBe('M0 10L10 10')
    expect(sparkPath([4], 10, 20)).toBe('M0 10H10')
  })
  test('of nothing is nothing', () => {
    expect(sparkPath([], 10, 20)).toBe('')
  })
})

describe('initials', () => {
  test.each([
    ['Marta Villani', 'MV'],
    ['Émile', 'É'],
    ['Anna Maria de Luca', 'AL'],
    ['luna.star@example.test', 'LT'],
    ['  ', '?'],
    ['𝒜da 💐', '𝒜'],
  ])('of “%s” are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
  test('have the same colour each time', () => {
    expect(hueOf('Marta Villani')).toBe(hueOf('Marta Villani'))
    expect([0, 1, 2, 3]).toContain(hueOf('x'))
  })
})

describe('the address bar', () => {
  test('keeps texts as texts, numbers too, and commas readable', () => {
    const search = { bookings: '5-9', group: 'A,B & C', text: '1' }
    expect(readSearch(writeSearch(search))).toEqual(search)
    expect(writeSearch({ gender: 'female,male', text: '' })).toBe('?gender=female,male')
    expect(writeSearch({ text: undefined })).toBe('')
  })
})
