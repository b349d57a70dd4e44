import { type Mistake, Problem } from '../errors.ts'
import { checkDocument } from './checkDocument.ts'
import { type Document, isEmpty } from './document.ts'
import { documentFromHtml } from './fromHtml.ts'
import { checkSubject } from './subject.ts'

/** A message as a caller sends it: the composer's document, or HTML that becomes one. */
export type Content = { subject: string; document: unknown } | { subject: string; html: string }

export type CheckedContent = { subject: string; document: Document; warnings: Mistake[] }

/**
 * Checks a message by the allow-lists. Mistakes are named as in a request that has it under `content`.
 *
 * @throws Problem `invalid` with the path of each mistake
 */
export function checkContent(content: Content): CheckedContent {
  const { subject, mistakes } = checkSubject(content.subject, '/content/subject')
  const at = 'html' in content ? '/content/html' : '/content/document'
  const read = 'html' in content ? documentFromHtml(content.html, at) : { document: content.document, warnings: [] }
  const checked = checkDocument(read.document, at)
  mistakes.push(...checked.mistakes)
  if (checked.mistakes.length === 0 && isEmpty(checked.document)) {
    mistakes.push({ path: at, message: 'The message is empty' })
  }
  if (mistakes.length > 0) throw new Problem('invalid', 'The message can’t be sent as it is', mistakes)
  return { subject, document: checked.document, warnings: read.warnings }
}
