import { describe, expect, test } from '@jest/globals'
import { arrange, changeOf, type ListedSegment, nextOrder, orderFrom, orderToSearch } from '../../ui/segments/order.ts'

const segment = (id: string, members: number, before: number, note = ''): ListedSegment => ({
  id,
  name: id,
  note,
  scope: 'business',
  rule: {},
  version: 1,
  members,
  recalculation: { mode: 'live' },
  created_at: `2026-11-${10 + members}T10:00:00Z`,
  last_recalculated_at: members === 2 ? null : '2026-11-25T10:00:00Z',
  next_recalculation_at: null,
  recomputing: false,
  draft: null,
  last_days: [
    { day: '2026-11-18', members: before },
    { day: '2026-11-25', members },
  ],
})
const segments = [
  segment('Éva', 2, 9),
  segment('zoo', 12, 1, 'call Them'),
  segment('Group 10', 7, 7),
  segment('group 9', 5, 4),
]
const words = { nameOf: ({ name }: ListedSegment) => name, noteOf: ({ note }: ListedSegment) => note }
const arranged = (sort: string | undefined, text = '') =>
  arrange(segments, { text, order: orderFrom(sort), words, locale: 'en' }).map(({ id }) => id)

describe('the overview', () => {
  test.each([
    [undefined, ['Éva', 'zoo', 'Group 10', 'group 9']],
    ['nonsense', ['Éva', 'zoo', 'Group 10', 'group 9']],
    ['name', ['Éva', 'group 9', 'Group 10', 'zoo']],
    ['-members', ['zoo', 'Group 10', 'group 9', 'Éva']],
    ['change', ['Éva', 'Group 10', 'group 9', 'zoo']],
    ['-created', ['zoo', 'Group 10', 'group 9', 'Éva']],
    ['last', ['Éva', 'zoo', 'Group 10', 'group 9']],
  ])('sorted by %s is %j', (sort, order) => {
    expect(arranged(sort)).toEqual(order)
  })

  test('finds a word of the name or the note, however it is written', () => {
    expect(arranged(undefined, ' GROUP ')).toEqual(['Group 10', 'group 9'])
    expect(arranged(undefined, 'them')).toEqual(['zoo'])
  })

  test('a third click on a column goes back to how they were made', () => {
    const first = nextOrder(null, 'members')
    expect(orderToSearch(first)).toBe('-members')
    expect(orderToSearch(nextOrder(first, 'members'))).toBe('members')
    expect(nextOrder(nextOrder(first, 'members'), 'members')).toBeNull()
    expect(orderToSearch(nextOrder(first, 'name'))).toBe('name')
  })

  test('counts the change from the first of the days', () => {
    expect(segments.map(changeOf)).toEqual([-7, 11, 0, 1])
  })
})
