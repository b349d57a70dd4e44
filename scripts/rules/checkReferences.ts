import { didYouMean } from '../../rules/mistakes.ts'
import { nearest } from '../../rules/nearest.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { segmentsIn, wayBetween } from '../../rules/segmentsIn.ts'
import { type FiledSegment, type Finding, findingAt } from './readFiles.ts'

/** Segments by id that may be asked for although no file has them. */
export type Known = ReadonlyMap<string, Rule>

/**
 * What is wrong between segments: an id that two of them have, a segment that is asked for and is not there, and those
 * that ask for themselves by way of each other.
 *
 * @param known other segments: those that ship with the product, or those of a server
 */
export function checkReferences(segments: readonly FiledSegment[], known: Known): Finding[] {
  const rules = new Map(known)
  for (const { segment } of segments) rules.set(segment.id, segment.rule)
  return [...twice(segments), ...unknown(segments, [...rules.keys()]), ...cycles(segments, rules)]
}

function twice(segments: readonly FiledSegment[]): Finding[] {
  const first = new Map<string, FiledSegment>()
  return segments.flatMap((one) => {
    const other = first.get(one.segment.id)
    first.set(one.segment.id, other ?? one)
    const where = other === undefined ? '' : `${other.file}:${other.placeOf('/id').line}`
    return other === undefined
      ? []
      : [findingAt(one, '/id', `“${one.segment.id}” is also the id of the segment in ${where}.`)]
  })
}

function unknown(segments: readonly FiledSegment[], ids: readonly string[]): Finding[] {
  return segments.flatMap((one) =>
    segmentsIn(one.segment.rule)
      .filter(({ key }) => !ids.includes(key))
      .map(({ key, path }) => {
        const meant = didYouMean(nearest(key, ids))
        return findingAt(
          one,
          valueAt(path),
          `There is no segment “${key}” in this folder, and none that ships.${meant}`,
        )
      }),
  )
}

const valueAt = (path: Path): Path => `/rule${path}/value`

/** Each cycle once, where its first segment asks for the next one. */
function cycles(segments: readonly FiledSegment[], rules: ReadonlyMap<string, Rule>): Finding[] {
  const told = new Set<string>()
  const asked = (id: string) => segmentsIn(rules.get(id) ?? { all: [] }).map((other) => other.key)
  return segments.flatMap((one) =>
    segmentsIn(one.segment.rule).flatMap(({ key, path }) => {
      const way = wayBetween(key, one.segment.id, asked)
      if (way === undefined) return []
      const members = [...new Set(way)].sort().join(' ')
      if (told.has(members)) return []
      told.add(members)
      const names = [one.segment.id, ...way].join(' → ')
      return [findingAt(one, valueAt(path), `A segment cannot ask for itself: ${names}.`)]
    }),
  )
}

/** Segments so that each comes after those that it asks for. They must not ask for themselves. */
export function inOrder(segments: readonly FiledSegment[]): FiledSegment[] {
  const byId = new Map(segments.map((one) => [one.segment.id, one]))
  const ordered = new Set<FiledSegment>()
  const add = (one: FiledSegment): void => {
    for (const { key } of segmentsIn(one.segment.rule)) {
      const asked = byId.get(key)
      if (asked !== undefined && !ordered.has(asked)) add(asked)
    }
    ordered.add(one)
  }
  for (const one of segments) add(one)
  return [...ordered]
}
