import type { DocumentNode } from '../../composer/document/document.ts'
import { documentToHtml } from './documentToHtml.ts'

/** What a text editor began with: the source, and the document that it became. */
export type Origin = { readonly html: string; readonly json: string }

export const originOf = (html: string, document: DocumentNode): Origin => ({ html, json: JSON.stringify(document) })

/**
 * The document as the content of a text block. What is as it was in the beginning, also after something was typed and
 * taken back, is the source to the letter: white space, and the way in which somebody wrote it.
 */
export const writtenHtml = (document: DocumentNode, origin: Origin | null): string =>
  origin !== null && origin.json === JSON.stringify(document) ? origin.html : documentToHtml(document)
