import { isMergeTagName, readSubject, writeMergeTag } from '../../../api/contract/mergeTags.ts'
import type { DocumentNode } from '../document/document.ts'
import { cleanText } from '../paste/cleanText.ts'

/** A subject as the editor's document: one paragraph of text and merge tags. */
export function subjectToDocument(subject: string): DocumentNode {
  const content = readSubject(subject).map(
    (part): DocumentNode =>
      'text' in part ? { type: 'text', text: part.text } : { type: 'mergeTag', attrs: { ...part } },
  )
  return { type: 'doc', content: [{ type: 'paragraph', ...(content.length > 0 && { content }) }] }
}

/** The editor's document as the one line that is kept and sent. */
export function documentToSubject(document: DocumentNode): string {
  const inline = (document.content ?? []).flatMap((paragraph) => paragraph.content ?? [])
  return inline
    .map(inlineToText)
    .join('')
    .replace(/\s*[\r\n]+\s*/g, ' ')
}

function inlineToText({ type, text, attrs }: DocumentNode): string {
  if (type !== 'mergeTag') return cleanText(text ?? '').text
  const name = String(attrs?.name)
  return isMergeTagName(name) ? writeMergeTag(name, String(attrs?.fallback ?? '')) : ''
}
