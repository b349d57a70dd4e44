import { compareRules } from '../../rules/compare.ts'
import { changesInWords } from '../../rules/words/changeWords.ts'
import type { WordOptions } from '../../rules/words.ts'
import type { SegmentFile } from '../../rules/yaml.ts'
import { lineOf } from './check.ts'
import { type Difference, differenceInWords, isChanged } from './differences.ts'
import { EXIT, type Io, WrongUse } from './io.ts'
import { type Rules, readRules } from './readRules.ts'

/** `rules diff`: what changed between two files or folders, in words. Segments that are the same are left out. */
export function diff(before: string, after: string, words: WordOptions, io: Io): number {
  const [one, other] = [readRules(before), readRules(after)]
  const mistakes = [...one.mistakes, ...other.mistakes]
  for (const mistake of mistakes) io.complain(lineOf(mistake, 'error'))
  if (mistakes.length > 0) return EXIT.wrong
  const spoken = { ...words, names: { segment: { ...one.names, ...other.names } } }
  const lines = linesBetween(one, other, spoken)
  for (const line of lines.length === 0 ? [words.messages['segment.is_same'] ?? ''] : lines) io.say(line)
  return EXIT.fine
}

function linesBetween(one: Rules, other: Rules, words: WordOptions): string[] {
  if (one.rule !== undefined && other.rule !== undefined) {
    return changesInWords(compareRules(one.rule, other.rule), words)
  }
  if (one.rule !== undefined || other.rule !== undefined) {
    throw new WrongUse('One of the two is a segment, the other one a rule alone: they cannot be compared.')
  }
  return pairsOf(one.segments, other.segments)
    .filter(({ before, after }) => before === undefined || after === undefined || isChanged(before, after))
    .flatMap((difference) => differenceInWords(difference, words))
}

/** Segments of the same id; two single ones are versions of one another whatever their ids are. */
function pairsOf(before: readonly SegmentFile[], after: readonly SegmentFile[]): Difference[] {
  const [one, other] = [before[0], after[0]]
  if (before.length === 1 && after.length === 1 && one !== undefined && other !== undefined) {
    return [{ before: one, after: other }]
  }
  const earlier = new Map(before.map((segment) => [segment.id, segment]))
  const later = new Set(after.map(({ id }) => id))
  return [
    ...after.map((segment) => {
      const same = earlier.get(segment.id)
      return same === undefined ? { after: segment } : { before: same, after: segment }
    }),
    ...before.filter(({ id }) => !later.has(id)).map((segment) => ({ before: segment })),
  ]
}
