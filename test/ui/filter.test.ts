import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  filterFromSearch,
  filterToQuery,
  filterToSearch,
  isEmptyFilter,
} from '../../ui/shared/filter/customerFilter.ts'

describe('a filter in the address', () => {
  test('is read with several choices, a range and a text', () => {
    expect(
      filterFromSearch({
        gender: 'female,male',
        group: 'Member',
        aggregator: 'Direct',
        bookings: '5-9',
        text: ' ann ',
      }),
    ).toEqual({
      gender: ['female', 'male'],
      customer_group: ['Member'],
      aggregator: ['Direct'],
      bookings: { min: 5, max: 9 },
      text: 'ann',
    })
  })

  test.each([
    ['5-', { min: 5 }],
    ['-4', { max: 4 }],
    ['3', { min: 3, max: 3 }],
    ['0-0', { min: 0, max: 0 }],
    ['9-5', undefined],
    ['-', undefined],
    ['many', undefined],
    ['1.5', undefined],
    ['-1-2', undefined],
  ])('reads the range %s as %j', (text, bookings) => {
    expect(filterFromSearch({ bookings: text }).bookings).toEqual(bookings)
  })

  test('leaves out what is not allowed instead of asking the server for it', () => {
    expect(filterFromSearch({ gender: 'robot,,female,female', group: ',', text: '   ' })).toEqual({
      gender: ['female'],
    })
  })

  test('comes back as it was, whatever it is', () => {
    const words = fc.stringMatching(/^[A-Za-z0-9 äß]{0,8}[A-Za-z0-9]$/)
    const lists = fc.uniqueArray(words, { minLength: 1, maxLength: 4 })
    const filter = fc.record(
      {
        gender: fc.uniqueArray(fc.constantFrom('female' as const, 'male' as const, 'diverse' as const), {
          minLength: 1,
        }),
        customer_group: lists,
        aggregator: lists,
        bookings: fc.tuple(fc.nat(500), fc.nat(500)).map(([min, more]) => ({ min, max: min + more })),
        text: words.map((word) => word.trim()),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(filter, (wanted) => {
        expect(filterFromSearch(filterToSearch(wanted))).toEqual(wanted)
      }),
    )
  })

  test('becomes the query of a list call', () => {
    expect(filterToQuery({ gender: ['male'], bookings: { min: 2 } })).toEqual({
      gender: ['male'],
      bookings_min: 2,
      bookings_max: undefined,
    })
  })

  test('that was emptied piece by piece is empty', () => {
    expect(isEmptyFilter({ gender: [], bookings: {}, text: '' })).toBe(true)
    expect(isEmptyFilter({ bookings: { min: 0 } })).toBe(false)
  })
})
