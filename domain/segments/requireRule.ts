import { checkRule } from '../../rules/check.ts'
import { didYouMean } from '../../rules/mistakes.ts'
import { nearest } from '../../rules/nearest.ts'
import type { Rule } from '../../rules/rule.ts'
import { segmentsIn, wayBetween } from '../../rules/segmentsIn.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { type Mistake, Problem } from '../errors.ts'

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
  if (asked.length === 0) return rule
  const segments = await allSegments(db)
  const references = asked.flatMap(({ key, path }): Mistake[] => {
    const message = segments.has(key) ? cycleMessage(segments, key, own) : unknownMessage(segments, key)
    return message === null ? [] : [{ path: `${path}/value`, message }]
  })
  if (references.length > 0) throw wrong(references)
  return rule
}

function wrong(mistakes: readonly Mistake[]): Problem {
  const listed = mistakes.map(({ path, message }) => ({ path: `/rule${path}`, message }))
  const more = listed.length > 1 ? ` (and ${listed.length - 1} more)` : ''
  return new Problem('invalid', `${listed[0]?.path}: ${listed[0]?.message}${more}`, listed)
}

type Named = { name: string; asks: string[] }

async function allSegments(db: Database): Promise<Map<string, Named>> {
  const found = await rows<{ key: string; name: string; rule: string }>(db, 'SELECT `key`, name, rule FROM segments')
  return new Map(
    found.map(({ key, name, rule }) => {
      const asks = segmentsIn(fromJson<Rule>(rule) ?? { all: [] }).map((one) => one.key)
      return [key, { name, asks }]
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
