import { expect, test } from '@jest/globals'
import { smsParts } from '../../ui/composer/short/smsParts.ts'

test.each([
  ['', 'small', 1, 0, 160],
  ['a'.repeat(160), 'small', 1, 160, 0],
  // a longer message needs a header in each part
  ['a'.repeat(161), 'small', 2, 161, 145],
  ['a'.repeat(306), 'small', 2, 306, 0],
  ['a'.repeat(307), 'small', 3, 307, 152],
  // the letters of many languages are in the small alphabet
  ['Grüße aus Zürich, à bientôt'.replace('ô', 'o'), 'small', 1, 27, 133],
  // the euro sign counts twice
  ['€'.repeat(80), 'small', 1, 160, 0],
  ['€'.repeat(81), 'small', 2, 162, 143],
  ['ê', 'large', 1, 1, 69],
  ['ê'.repeat(71), 'large', 2, 71, 63],
  // an emoji counts twice and is not torn apart: 33 fit into a part of 67
  ['👋'.repeat(35), 'large', 1, 70, 0],
  ['👋'.repeat(36), 'large', 2, 72, 61],
] as const)('%# of the table of parts', (text, alphabet, parts, used, free) => {
  expect(smsParts(text)).toMatchObject({ alphabet, parts, used, free })
})

test('what one odd character costs is said', () => {
  const text = `${'a'.repeat(158)}“”`
  expect(smsParts(text)).toMatchObject({ parts: 3, odd: ['“', '”'], partsWithoutOdd: 1 })
  expect(smsParts(`${'a'.repeat(10)}ê👋ê`).odd).toEqual(['ê', '👋'])
})

test('a letter that counts twice goes into the next part whole', () => {
  // 153 units in the first part: 152 letters, and the euro sign no longer fits
  expect(smsParts(`${'a'.repeat(152)}€${'a'.repeat(151)}`)).toMatchObject({ parts: 2, used: 305, free: 0 })
  expect(smsParts(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toMatchObject({ parts: 3, used: 306, free: 152 })
})
