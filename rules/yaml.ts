/**
 * Rules and segments as text that people keep in files: YAML 1.2, without what YAML has for making small texts large.
 * Pages load this file only where they need it: the package behind it is not small.
 */
import type { Path, Rule } from './rule.ts'
import type { Place, TextMistake } from './yaml/place.ts'
import { readYaml } from './yaml/read.ts'
import { readRule, readSegmentFile, type SegmentFile } from './yaml/segmentFile.ts'
import { writeRule, writeWithRule } from './yaml/write.ts'

export type { Place, TextMistake } from './yaml/place.ts'
export type { SegmentFile } from './yaml/segmentFile.ts'

/** A rule as YAML: groups as blocks, a condition on one line where it is short enough. */
export const ruleToYaml = (rule: Rule): string => writeRule(rule)

/**
 * Reads a rule from YAML that somebody wrote, or pasted.
 *
 * @returns the rule with the place of each of its parts in the text (`/all/0/value`), or up to 50 mistakes: paths lead
 *   into the rule, places into the text
 */
export function ruleFromYaml(text: string): PlacedRule | { mistakes: TextMistake[] } {
  const read = readYaml(text)
  if ('mistakes' in read) return read
  const [first, second] = read.documents
  const mistakes: TextMistake[] = []
  if (second !== undefined) {
    mistakes.push({ path: '', ...second.placeOf(''), message: 'A second rule begins here. One is allowed.' })
  }
  const rule = first && readRule(first, '', mistakes)
  if (first === undefined || rule === undefined || mistakes.length > 0) return { mistakes }
  return { rule, placeOf: (path) => first.placeOf(path) }
}

/** A segment as the text of a file. */
export function segmentToYaml({ id, name, note, scope, recalculation, rule }: SegmentFile): string {
  return writeWithRule({ id, name, ...(note === '' ? {} : { note }), scope, recalculation }, rule)
}

/** A rule that was read from a text, with the place of each of its parts. */
export type PlacedRule = { readonly rule: Rule; placeOf(path: Path): Place }

/** A segment that was read from a text, with the place of each of its parts (`/name`, `/rule/all/0/is`). */
export type PlacedSegment = { readonly segment: SegmentFile; placeOf(path: Path): Place }

/**
 * Reads the segments of a text: one in each of its documents, which `---` sets apart.
 *
 * @returns the segments, or up to 50 mistakes: paths lead into the segment, places into the text
 */
export function segmentsFromYaml(text: string): { segments: PlacedSegment[] } | { mistakes: TextMistake[] } {
  const read = readYaml(text)
  if ('mistakes' in read) return read
  const segments: PlacedSegment[] = []
  const mistakes: TextMistake[] = []
  for (const document of read.documents) {
    const result = readSegmentFile(document)
    if ('mistakes' in result) mistakes.push(...result.mistakes)
    else segments.push({ segment: result.segment, placeOf: (path) => document.placeOf(path) })
  }
  return mistakes.length === 0 ? { segments } : { mistakes: mistakes.slice(0, 50) }
}
