import type { Mistake } from '../errors.ts'
import { cleanText } from './cleanText.ts'
import { isMergeTagName, literalLiquid, MERGE_TAG_NAMES, mergeTagLiquid, readMergeTags } from './mergeTags.ts'

/** The longest line that RFC 5322 lets a mail have. */
const MAX_LENGTH = 998

/**
 * Checks a subject: one line, not empty, merge tags that exist. Braces around anything but a merge tag are text.
 *
 * @param path the JSON Pointer of the subject in the request
 */
export function checkSubject(subject: string, path: string): { subject: string; mistakes: Mistake[] } {
  const mistakes: Mistake[] = []
  if (/[\r\n\u0085\u2028\u2029]/.test(subject)) mistakes.push({ path, message: 'A subject is one line' })
  const clean = cleanText(subject.replaceAll('\t', ' ')).trim()
  if (clean === '') mistakes.push({ path, message: 'A mail needs a subject' })
  if (clean.length > MAX_LENGTH) mistakes.push({ path, message: `A subject may have ${MAX_LENGTH} characters` })
  for (const part of readMergeTags(clean)) {
    if (
      'name' in part &&
      /^(customer|business|provider|next_booking|reward)\./.test(part.name) &&
      !isMergeTagName(part.name)
    ) {
      mistakes.push({ path, message: `There is no merge tag ${part.name}; allowed are ${MERGE_TAG_NAMES.join(', ')}` })
    }
  }
  return { subject: clean, mistakes }
}

/** A subject as Liquid: merge tags stay, everything else is literal text. */
export function subjectLiquid(subject: string): string {
  return readMergeTags(subject)
    .map((part) => {
      if ('text' in part) return literalLiquid(part.text)
      if (isMergeTagName(part.name)) return mergeTagLiquid(part.name, part.fallback)
      return literalLiquid(`{{ ${part.name} }}`)
    })
    .join('')
}
