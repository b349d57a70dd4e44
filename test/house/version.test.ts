import { expect, test } from '@jest/globals'
import { readVersion } from '../../scripts/parts/database/version.ts'

test.each([
  ['10.11.6-MariaDB-0+deb12u1', 'MariaDB', '10.11.6', true],
  ['5.5.5-10.6.16-MariaDB', 'MariaDB', '10.6.16', true],
  ['10.5.23-MariaDB', 'MariaDB', '10.5.23', false],
  ['11.4.2-MariaDB-ubu2404', 'MariaDB', '11.4.2', true],
  ['8.0.36', 'MySQL', '8.0.36', true],
  ['9.7.4-2', 'MySQL', '9.7.4', true],
  ['5.7.44-log', 'MySQL', '5.7.44', false],
])('%s is %s %s, good enough: %p', (words, flavour, version, good) => {
  expect(readVersion(words)).toMatchObject({ flavour, version, good })
})

test('what is no version is not taken for one', () => {
  expect(readVersion('')).toBeUndefined()
})
