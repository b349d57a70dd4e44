import { among, compileRules, type Population } from '../../rules/compile.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { joined, plain, type Sql, sql } from '../../rules/sql.ts'
import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import type { Moment } from './moment.ts'
import { ROLLUP_FLIPS } from './rebuildRollup.ts'

/** A segment in an evaluation. Without a rule it only matters through the rules in `alsoFlips`. */
type Evaluated = { id: number; rule: Rule }

/** One relationship whose membership or whose next flip is not what is stored. */
export type Difference = {
  providerId: number
  customerId: number
  entered: number[]
  left: number[]
  /** When time alone may next change anything; `flips` says whether that differs from what is stored. */
  flipAt: Date | null
  flipOn: Day | null
  flips: boolean
}

/** How many segments one statement evaluates: each is a bit of a number. */
const SEGMENTS_AT_ONCE = 30

export type EvaluateOptions = {
  scope: Scope
  segments: readonly Evaluated[]
  /** Rules that only say when to look again. */
  alsoFlips: readonly Rule[]
  population: Population
  waitingProviders: readonly number[]
  moment: Moment
}

type Row = {
  provider_id: number
  customer_id: number
  known: number
  mask: number
  members: number
  by_hand: number
  flip_at: Date | null
  flip_on: Day | null
  flips: number
}

/**
 * Evaluates segments for a population and compares with the stored members and flips, in one statement for each 30
 * segments. Who was put in by hand stays in, unless the customer is no longer known.
 *
 * @returns the relationships that differ
 */
export async function evaluate(db: Database, options: EvaluateOptions): Promise<Difference[]> {
  const { segments, alsoFlips } = options
  const groups = []
  for (let start = 0; start < segments.length; start += SEGMENTS_AT_ONCE) {
    groups.push(segments.slice(start, start + SEGMENTS_AT_ONCE))
  }
  // the flips of a relationship are those of all segments: every statement computes all, the first one delivers
  const others = (group: readonly Evaluated[]) => [
    ...segments.filter((segment) => !group.includes(segment)).map(({ rule }) => rule),
    ...alsoFlips,
  ]
  const differences = new Map<string, Difference>()
  for (const [index, group] of (groups.length === 0 ? [[]] : groups).entries()) {
    const flips = index === 0 ? others(group) : null
    for (const row of await evaluateGroup(db, options, group, flips)) {
      const key = `${row.provider_id} ${row.customer_id}`
      const difference = differences.get(key) ?? {
        providerId: row.provider_id,
        customerId: row.customer_id,
        entered: [],
        left: [],
        flipAt: row.flip_at,
        flipOn: row.flip_on,
        flips: row.flips === 1 && index === 0,
      }
      differences.set(key, difference)
      for (const [bit, { id }] of group.entries()) {
        const is = (row.mask >> bit) & 1
        const was = (row.members >> bit) & 1
        const byHand = ((row.by_hand >> bit) & 1) === 1 && row.known === 1
        if (is === was || byHand) continue
        ;(is === 1 ? difference.entered : difference.left).push(id)
      }
    }
  }
  return [...differences.values()]
}

/** Makes the database keep a derived table: merged into the query around it, every use would compute its columns again. */
const ONCE = plain('LIMIT 9223372036854775807')

async function evaluateGroup(
  db: Database,
  { scope, population, waitingProviders, moment }: EvaluateOptions,
  group: readonly Evaluated[],
  flipsOf: readonly Rule[] | null,
): Promise<Row[]> {
  const compiled = compileRules(
    [...group.map(({ rule }) => rule), ...(flipsOf ?? [])],
    { scope, population, waitingProviders, now: moment.now, today: moment.today, source: 'rollup' },
    { extraFlips: ROLLUP_FLIPS },
  )
  const bits = group.map(({ rule }, bit) => sql`(${compiled.holds(rule)}) * ${plain(String(2 ** bit))}`)
  const mask = bits.length === 0 ? plain('0') : sql`CASE WHEN e.known THEN ${joined(bits, ' + ')} ELSE 0 END`
  // time changes nothing for those who are in nothing; they are looked at when they arrive
  const flipAt = plain('CASE WHEN e.known THEN e.flip_at END')
  const flipOn = plain('CASE WHEN e.known THEN e.flip_on END')
  const membership = sql`((w.mask ^ w.members) & ~(CASE WHEN w.known THEN w.by_hand ELSE 0 END)) <> 0`
  const differs = flipsOf === null ? membership : sql`${membership} OR w.flips`
  const statement = sql`
    SELECT w.* FROM (
      SELECT e.provider_id, e.customer_id, e.known, ${mask} AS mask,
        COALESCE(m.members, 0) AS members, COALESCE(m.by_hand, 0) AS by_hand,
        ${flipAt} AS flip_at, ${flipOn} AS flip_on,
        NOT (${flipAt} <=> e.stored_flip_at AND ${flipOn} <=> e.stored_flip_on) AS flips
      FROM (${compiled.select} ${ONCE}) e
      LEFT JOIN (${membersOf(group, scope, population)}) m
        ON m.provider_id = e.provider_id AND m.customer_id = e.customer_id
      ${ONCE}
    ) w WHERE ${differs}`
  return rows<Row>(db, statement.text, statement.values)
}

/** Who is a member of the segments of a group now, as one number for each relationship. */
function membersOf(group: readonly Evaluated[], scope: Scope, population: Population): Sql {
  if (group.length === 0) {
    return plain('SELECT 0 AS provider_id, 0 AS customer_id, 0 AS members, 0 AS by_hand')
  }
  const bit = joined(
    group.map(({ id }, index) => plain(`WHEN ${Number(id)} THEN ${2 ** index}`)),
    ' ',
  )
  const ids = plain(group.map(({ id }) => Number(id)).join(', '))
  const provider = plain(scope === 'provider' ? 'x.provider_id <> 0' : 'x.provider_id = 0')
  const drawn =
    population.kind === 'listed'
      ? sql`refresh_scope s STRAIGHT_JOIN segment_members x
          ON x.customer_id = s.customer_id AND x.provider_id = s.provider_id WHERE ${provider}`
      : sql`segment_members x WHERE ${among(population, plain('x.customer_id'))} AND ${provider}`
  return sql`SELECT x.provider_id, x.customer_id, SUM(CASE x.segment_id ${bit} END) AS members,
      SUM(CASE WHEN x.by_hand THEN CASE x.segment_id ${bit} END ELSE 0 END) AS by_hand
    FROM ${drawn} AND x.segment_id IN (${ids}) GROUP BY x.provider_id, x.customer_id`
}
