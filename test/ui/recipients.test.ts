import { describe, expect, test } from '@jest/globals'
import { parseChoice } from '../../ui/shared/recipients.ts'

describe('recipients kept across reloads', () => {
  test('come back as they were kept', () => {
    const choice = {
      recipients: { segment: 'slipping-away', filter: { gender: ['female' as const] } },
      count: 256,
      label: 'Slipping away',
    }
    expect(parseChoice(JSON.stringify(choice))).toEqual(choice)
  })

  test.each([
    [null],
    ['{ broken'],
    ['null'],
    ['{"recipients":{"customers":["a b"]},"count":1,"label":"x"}'],
    ['{"recipients":{"segment":"x","everybody":true},"count":1,"label":"x"}'],
    ['{"recipients":{"segment":"x"},"count":-1,"label":"x"}'],
  ])('are nobody when what is kept is not a choice: %s', (stored) => {
    expect(parseChoice(stored)).toBeNull()
  })
})
