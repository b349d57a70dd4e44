import { differenceOf, segmentChangesInWords } from '../../rules/words/segmentWords.ts'
import { sentenceOf, textOf, type WordOptions } from '../../rules/words.ts'
import type { SegmentFile } from '../../rules/yaml.ts'

/** What becomes of one segment; `before` is missing for a new one, `after` for one that is gone. */
export type Difference = { readonly before?: SegmentFile; readonly after?: SegmentFile }

/** Whether anything that makes a segment is otherwise in another version of it. */
export const isChanged = (before: SegmentFile, after: SegmentFile): boolean =>
  Object.keys(differenceOf(before, after)).length > 0

/** What becomes of a segment, in words: a heading with its id and name, and the changes below it. */
export function differenceInWords({ before, after }: Difference, words: WordOptions): string[] {
  const segment = after ?? before
  if (segment === undefined) return []
  const state = (key: string): string => words.messages[`segment.${key}`] ?? key
  const heading = (what: string) => `${segment.id} (${segment.name}): ${what}`
  if (after === undefined) return [heading(state('is_gone'))]
  if (before === undefined) return [heading(state('is_new')), `  ${textOf(sentenceOf(after.rule, words))}`]
  const changes = segmentChangesInWords(before, after, words)
  if (changes.length === 0) return [heading(state('is_same'))]
  return [`${segment.id} (${before.name}):`, ...changes.map((change) => `  ${change}`)]
}
