import { compileLiquid } from './liquid.ts'
import { type MergeData, mergeValues } from './mergeTags.ts'
import { stopWords } from './stopWords.ts'
import type { MailLanguage } from './words.ts'

/** One recipient's copy of an SMS: the text, and under it how to end such messages. */
export type SmsCopy = (data: MergeData, language: MailLanguage, page: string | null) => string

/**
 * Parses an SMS once for all its recipients.
 *
 * @param liquid its text as Liquid
 */
export function smsCopy(liquid: string): SmsCopy {
  const text = compileLiquid(liquid, 'text')
  return (data, language, page) => `${text(mergeValues(data)).trim()}\n${stopWords(language, page)}`
}
