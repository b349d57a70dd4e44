import { type Database, rows } from '../../../domain/database.ts'
import { evaluate } from '../../../domain/segments/evaluate.ts'
import { momentIn } from '../../../domain/segments/moment.ts'
import { readSurroundings } from '../../../domain/segments/surroundings.ts'
import { EVERYBODY } from '../../../rules/compile/population.ts'
import { compileRules } from '../../../rules/compile.ts'
import type { Rule } from '../../../rules/rule.ts'
import { NaiveEvaluation } from '../naive/evaluation.ts'
import { type NaiveWorld, naivePair } from '../naive/things.ts'
import type { WorldSegment } from './segments.ts'

const asRule = ({ rule }: WorldSegment) => rule as unknown as Rule

/**
 * Compares the members that refreshes have kept with the oracle, with a fresh evaluation of everybody, and with one of
 * raw rows; and the oracle just before the promised instant.
 *
 * @returns the members, each as `segment provider customer`
 */
export async function checkMembers(
  db: Database,
  world: NaiveWorld,
  segments: readonly WorldSegment[],
  { now, nextFlip }: { now: Date; nextFlip: Date | null },
): Promise<Set<string>> {
  const found = await rows<{ segment_id: number; provider_id: number; customer_id: number }>(
    db,
    'SELECT segment_id, provider_id, customer_id FROM segment_members',
  )
  const members = new Set(found.map((row) => `${row.segment_id} ${row.provider_id} ${row.customer_id}`))
  const compare = (what: string, one: ReadonlySet<string>, other: ReadonlySet<string>) => {
    for (const key of one) if (!other.has(key)) throw new Error(`${what}: too many: ${described(key, world, segments)}`)
    for (const key of other) if (!one.has(key)) throw new Error(`${what}: too few: ${described(key, world, segments)}`)
  }
  compare('refresh', members, naiveMembers(world, segments, now))
  await checkFull(db, world, segments, now)
  compare('an evaluation of raw rows', await rawMembers(db, world, segments, now), members)
  if (nextFlip !== null) {
    const what = `the promise that nothing happens before ${nextFlip.toISOString()}`
    compare(what, members, naiveMembers(world, segments, new Date(nextFlip.getTime() - 1)))
  }
  return members
}

function naiveMembers(world: NaiveWorld, segments: readonly WorldSegment[], now: Date): Set<string> {
  const evaluation = new NaiveEvaluation(world, now)
  const members = new Set<string>()
  for (const segment of segments) {
    for (const provider of segment.scope === 'business' ? [null] : world.providers) {
      for (const customer of world.people.keys()) {
        if (evaluation.isMember(segment, provider, customer)) members.add(`${segment.id} ${provider ?? 0} ${customer}`)
      }
    }
  }
  return members
}

/** A fresh evaluation of everybody finds nobody who enters or leaves. */
async function checkFull(
  db: Database,
  { timeZone }: NaiveWorld,
  segments: readonly WorldSegment[],
  now: Date,
): Promise<void> {
  const surroundings = await readSurroundings(db)
  for (const scope of ['business', 'provider'] as const) {
    const differences = await evaluate(db, {
      scope,
      segments: segments
        .filter((segment) => segment.scope === scope)
        .map((segment) => ({ id: segment.id, rule: asRule(segment) })),
      alsoFlips: [],
      population: EVERYBODY,
      surroundings,
      moment: momentIn(timeZone, now),
    })
    const wrong = differences.find(({ entered, left }) => entered.length + left.length > 0)
    if (wrong !== undefined) throw new Error(`a full evaluation differs: ${JSON.stringify(wrong)}`)
  }
}

/** Everything from raw rows: rankings drawn up in the statement, other segments' rules taken in. */
async function rawMembers(
  db: Database,
  { timeZone }: NaiveWorld,
  segments: readonly WorldSegment[],
  now: Date,
): Promise<Set<string>> {
  const members = new Set<string>()
  const surroundings = { ...(await readSurroundings(db)), rankings: new Map() }
  for (const segment of segments) {
    const rule = asRule(segment)
    const compiled = compileRules([rule], {
      scope: segment.scope,
      ...momentIn(timeZone, now),
      ...surroundings,
      population: EVERYBODY,
      source: 'raw',
    })
    const { text } = compiled.holds(rule)
    const selected = await rows<{ provider_id: number; customer_id: number; holds: number }>(
      db,
      `SELECT e.provider_id, e.customer_id, ${text} AS holds FROM (${compiled.select.text}) e WHERE e.known`,
      compiled.select.values,
    )
    for (const { provider_id: provider, customer_id: customer, holds } of selected) {
      const isIn = segment.byHand.get(naivePair(provider, customer)) ?? holds === 1
      if (isIn) members.add(`${segment.id} ${provider} ${customer}`)
    }
  }
  return members
}

function described(key: string, world: NaiveWorld, segments: readonly WorldSegment[]): string {
  const [segment, , customer] = key.split(' ').map(Number)
  const found = segments.find(({ id }) => id === segment)
  const facts = world.people.get(customer ?? 0)
  return `${key}\n${found?.key} ${JSON.stringify(found?.rule)}\nfacts ${JSON.stringify(facts)}`
}
