import { expect, test } from '@jest/globals'
import { MERGE_TAG_NAMES, readSubject, writeMergeTag } from '../../api/contract/mergeTags.ts'
import { MERGE_TAG_NAMES as FILLED_IN, readMergeTags } from '../../domain/messages/mergeTags.ts'

test('the composer offers no merge tag that sending does not fill in', () => {
  expect(MERGE_TAG_NAMES.filter((name) => !FILLED_IN.includes(name))).toEqual([])
})

test.each(['', 'friend', 'you "there"', "l'amie", 'a {b} c', 'mixed "\' quotes', '한국 👋'])(
  'a subject with the fallback %j is read by sending as the composer wrote it',
  (fallback) => {
    const subject = `Hello ${writeMergeTag('customer.first_name', fallback)}!`
    const parts = readSubject(subject)
    expect(parts).toHaveLength(3)
    expect(readMergeTags(subject)).toEqual(parts)
  },
)

test('braces around anything but a known merge tag are text', () => {
  const subject = '{% if x %} {{ nothing.known }} {{ customer.first_name | upcase }} {{'
  expect(readSubject(subject)).toEqual([{ text: subject }])
})
