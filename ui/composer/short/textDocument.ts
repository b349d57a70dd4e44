import type { DocumentNode } from '../document/document.ts'
import { documentToSubject, subjectToDocument } from '../subject/subjectDocument.ts'

/** A text with merge tags as the editor's document: one paragraph for each line. */
export const textToDocument = (text: string): DocumentNode => ({
  type: 'doc',
  content: text.split('\n').flatMap((line) => subjectToDocument(line).content ?? []),
})

/** The editor's document as the text that is kept and sent. */
export const documentToText = ({ content = [] }: DocumentNode): string =>
  content.map((paragraph) => documentToSubject({ type: 'doc', content: [paragraph] })).join('\n')
