import { expect, test } from '@jest/globals'
import { standardSegments } from '../../domain/segments/installStandardSegments.ts'
import { fallbackMessages } from '../../ui/messages/index.ts'

test('The English catalogue calls the segments that ship what they are stored as, so that a renamed one is known', () => {
  const shipped = standardSegments().flatMap(({ key, name, note }) => [
    [`standard.${key}.name`, name],
    [`standard.${key}.note`, note],
  ])
  const catalogue = Object.entries(fallbackMessages).filter(([id]) => id.startsWith('standard.'))
  expect(Object.fromEntries(catalogue)).toEqual(Object.fromEntries(shipped))
})
