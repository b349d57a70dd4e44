import { type Mistake, Problem } from '../errors.ts'
import type { TemplateContent } from './content.ts'

/** The longest source in bytes: what takes MJML a second. */
export const MAX_SOURCE = 204_800
const MAX_TEXT = 204_800
const MAX_TEST_DATA = 65_536

/**
 * Throws for what not even a draft may hold: what is too large, or would not come back from the database as it was.
 *
 * @param at the JSON Pointer of the content in the request
 */
export function requireStorable(content: TemplateContent, at: string): void {
  const mistakes: Mistake[] = []
  const bytes = (field: string, text: string, most: number) => {
    if (Buffer.byteLength(text) > most) {
      mistakes.push({ path: `${at}/${field}`, message: `At most ${most / 1024} KB` })
    }
    if (!text.isWellFormed()) mistakes.push({ path: `${at}/${field}`, message: 'Has to be whole Unicode characters' })
  }
  bytes('mjml', content.mjml, MAX_SOURCE)
  bytes('subject', content.subject, 3_992)
  bytes('preheader', content.preheader, 2_000)
  if (content.text !== null) bytes('text', content.text, MAX_TEXT)
  bytes('test_data', JSON.stringify(content.testData), MAX_TEST_DATA)
  if (mistakes.length > 0) throw new Problem('invalid', 'The template can’t be kept as it is', mistakes)
}
