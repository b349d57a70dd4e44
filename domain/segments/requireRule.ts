import { asksFor } from '../../rules/asksFor.ts'
import { checkRule } from '../../rules/check.ts'
import { didYouMean } from '../../rules/mistakes.ts'
import { nearest } from '../../rules/nearest.ts'
import type { Path, Rule } from '../../rules/rule.ts'
import { segmentsIn, wayBetween } from '../../rules/segmentsIn.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { type Mistake, Problem } from '../errors.ts'
import { rulesOfStatuses } from '../statuses/rulesOfStatuses.ts'

/**
 * A rule that somebody sent.
 *
 * @param own the segment whose rule it is to be, by its key: it must not ask for itself, not even by way of others
 * @throws Problem 'invalid' with every mistake; paths begin with `/rule`, where it stands in the request
 */
export async function requireRule(db: Database, json: unknown, own?: string): Promise<Rule> {
  const { rule, mistakes } = checkRule(json)
  if (mistakes !== undefined) throw wrong(mistakes)
  const asked = segmentsIn(rule)
  const forStatus = asksFor(rule, 'status')
  if (asked.length === 0 && (own === undefined || forStatus.length === 0)) return rule
  const segments = await allSegments(db)
  const references = asked.flatMap(({ key, path }): Mistake[] => {
    const message = segments.has(key) ? cycleMessage(segments, key, own) : unknownMessage(segments, key)
    return message === null ? [] : [{ path: `${path}/value`, message }]
  })
  if (references.length > 0) throw wrong(references)
  if (own !== undefined) {
    const circles = await statusCircles(db, segments, own, { asked, forStatus })
    if (circles.length > 0) throw wrong(circles)
  }
  return rule
}

/** A segment that status rules ask for, be it by way of others, must not ask for the status, not even by way of others. */
async function statusCircles(
  db: Database,
  segments: ReadonlyMap<string, Named>,
  own: string,
  { asked, forStatus }: { asked: ReturnType<typeof segmentsIn>; forStatus: readonly Path[] },
): Promise<Mistake[]> {
  const asks = (key: string) => segments.get(key)?.asks ?? []
  const byStatuses = (await rulesOfStatuses(db)).flatMap((one) => segmentsIn(one).map(({ key }) => key))
  if (!byStatuses.some((key) => wayBetween(key, own, asks) !== undefined)) return []
  const name = segments.get(own)?.name ?? own
  const message = `The status automation asks for “${name}”, so “${name}” cannot ask for the status. Allowed is every other fact.`
  const through = asked.filter(({ key }) => statusAskerBehind(segments, key) !== undefined)
  return [...forStatus, ...through.map(({ path }) => `${path}/value`)].map((path) => ({ path, message }))
}

/**
 * The first segment on the way from one, itself included, that asks for the status.
 *
 * @param segments all that there are, as {@link allSegments} gives them
 */
export function statusAskerBehind(
  segments: ReadonlyMap<string, Named>,
  key: string,
  seen = new Set<string>(),
): Named | undefined {
  const segment = segments.get(key)
  if (segment === undefined || seen.has(key)) return undefined
  seen.add(key)
  if (segment.asksForStatus) return segment
  for (const next of segment.asks) {
    const found = statusAskerBehind(segments, next, seen)
    if (found !== undefined) return found
  }
  return undefined
}

function wrong(mistakes: readonly Mistake[]): Problem {
  const listed = mistakes.map(({ path, message }) => ({ path: `/rule${path}`, message }))
  const more = listed.length > 1 ? ` (and ${listed.length - 1} more)` : ''
  return new Problem('invalid', `${listed[0]?.path}: ${listed[0]?.message}${more}`, listed)
}

type Named = { name: string; asks: string[]; asksForStatus: boolean }

/** All segments by their keys, with what their newest rules ask for. */
export async function allSegments(db: Database): Promise<Map<string, Named>> {
  const found = await rows<{ key: string; name: string; rule: string }>(db, 'SELECT `key`, name, rule FROM segments')
  return new Map(
    found.map(({ key, name, rule }) => {
      const parsed = fromJson<Rule>(rule) ?? { all: [] }
      const asks = segmentsIn(parsed).map((one) => one.key)
      return [key, { name, asks, asksForStatus: asksFor(parsed, 'status').length > 0 }]
    }),
  )
}

function unknownMessage(segments: ReadonlyMap<string, Named>, key: string): string {
  return `There is no segment “${key}”. Allowed is the id of one that exists.${didYouMean(nearest(key, [...segments.keys()]))}`
}

function cycleMessage(segments: ReadonlyMap<string, Named>, key: string, own: string | undefined): string | null {
  if (own === undefined) return null
  const way = wayBetween(key, own, (one) => segments.get(one)?.asks ?? [])
  if (way === undefined) return null
  const names = [own, ...way].map((one) => `“${segments.get(one)?.name ?? one}”`)
  return `A segment cannot ask for itself: ${names.join(' asks for ')}.`
}
