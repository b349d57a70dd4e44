import { describe, expect, test } from '@jest/globals'
import {
  countPicked,
  isPicked,
  NOBODY,
  pageState,
  recipientsOf,
  type Selection,
  toggleOne,
  togglePage,
} from '../../ui/segment/selection.ts'

const some = (...ids: string[]): Selection => ({ kind: 'some', ids: new Set(ids) })
const all: Selection = { kind: 'all' }
const page = ['a', 'b', 'c']

describe('picking members', () => {
  test('one by one, and taking one back', () => {
    const two = toggleOne(toggleOne(NOBODY, 'a', page), 'c', page)
    expect(two).toEqual(some('a', 'c'))
    expect(toggleOne(two, 'a', page)).toEqual(some('c'))
    expect(countPicked(two, 616)).toBe(2)
  })

  test('the whole page keeps who was picked on another one, and gives only the page back', () => {
    const picked = togglePage(some('z'), page)
    expect(picked).toEqual(some('z', 'a', 'b', 'c'))
    expect(togglePage(picked, page)).toEqual(some('z'))
  })

  test('all who match counts those who were never shown', () => {
    expect(countPicked(all, 616)).toBe(616)
    expect(isPicked(all, 'never shown')).toBe(true)
  })

  test('taking one out of “all” leaves the others on the page, never somebody unseen', () => {
    expect(toggleOne(all, 'b', page)).toEqual(some('a', 'c'))
  })

  test.each([
    [NOBODY, 'none'],
    [some('a'), 'some'],
    [some('a', 'b', 'c'), 'all'],
    [some('z'), 'some'],
    [all, 'all'],
  ] as const)('the checkbox over the page says so (%#)', (selection, state) => {
    expect(pageState(selection, page)).toBe(state)
  })
})

describe('the recipients of a pick', () => {
  test('are the picked and nobody else', () => {
    expect(recipientsOf(some('a', 'b'), { segment: 'slipping-away' }, { gender: ['female'] })).toEqual({
      customers: ['a', 'b'],
    })
  })

  test('are the members who match when all are picked or nobody is', () => {
    const filter = { gender: ['female' as const] }
    expect(recipientsOf(all, { segment: 'slipping-away' }, filter)).toEqual({ segment: 'slipping-away', filter })
    expect(recipientsOf(NOBODY, { segment: 'slipping-away' }, {})).toEqual({ segment: 'slipping-away' })
  })
})
