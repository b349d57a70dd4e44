import { compareRules } from '../compare.ts'
import type { Recalculation } from '../recalculation.ts'
import { canonical } from '../warnings/canonical.ts'
import type { SegmentFile } from '../yaml/segmentFile.ts'
import { changesInWords } from './changeWords.ts'
import { fill, textOf } from './fill.ts'
import type { WordOptions } from './messages.ts'

/** What of a segment differs from another version of it. */
export type SegmentDifference = Pick<Partial<SegmentFile>, 'name' | 'note' | 'scope' | 'recalculation' | 'rule'>

/** What of a segment another version of it has otherwise: with the values that it has there. */
export function differenceOf(before: SegmentFile, after: SegmentFile): SegmentDifference {
  return {
    ...(before.name === after.name ? {} : { name: after.name }),
    ...(before.note === after.note ? {} : { note: after.note }),
    ...(before.scope === after.scope ? {} : { scope: after.scope }),
    ...(canonical(before.recalculation) === canonical(after.recalculation)
      ? {}
      : { recalculation: after.recalculation }),
    ...(canonical(before.rule) === canonical(after.rule) ? {} : { rule: after.rule }),
  }
}

/** What changed from one version of a segment to another one, in words, one line each; none when nothing did. */
export function segmentChangesInWords(before: SegmentFile, after: SegmentFile, words: WordOptions): string[] {
  const say = (key: string, values: Readonly<Record<string, string>> = {}): string =>
    textOf(fill(words.messages[`segment.${key}`] ?? '', values))
  const recalculated = ({ mode, at }: Recalculation): string =>
    say(`recalculation.${mode === 'nightly' && at !== undefined ? 'nightly_at' : mode}`, { at: at ?? '' })
  const { name, note, scope, recalculation, rule } = differenceOf(before, after)
  const rules = rule === undefined ? [] : changesInWords(compareRules(before.rule, rule), words)
  return [
    ...(name === undefined ? [] : [say('name', { before: before.name, after: name })]),
    ...(note === undefined ? [] : [say('note', { before: before.note, after: note })]),
    ...(scope === undefined
      ? []
      : [say('scope', { before: say(`scope.${before.scope}`), after: say(`scope.${scope}`) })]),
    ...(recalculation === undefined
      ? []
      : [say('recalculation', { before: recalculated(before.recalculation), after: recalculated(recalculation) })]),
    ...(rule !== undefined && rules.length === 0 ? [say('written')] : rules),
  ]
}
