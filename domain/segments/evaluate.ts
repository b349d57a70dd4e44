import { among, type Population } from '../../rules/compile/population.ts'
import { compileRules } from '../../rules/compile.ts'
import { isCondition, nodesOf, type Rule, type Scope } from '../../rules/rule.ts'
import { joined, plain, type Sql, sql } from '../../rules/sql.ts'
import type { Day } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import type { Moment } from './moment.ts'
import { ROLLUP_FLIPS } from './rebuildRollup.ts'
import type { Surroundings } from './surroundings.ts'

/** A segment in an evaluation. */
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
  /** Whether it comes earlier than what is stored. */
  sooner: boolean
}

/** How many segments one statement evaluates: each is a bit of a number. */
const SEGMENTS_AT_ONCE = 30
/** How many conditions: each is a column, and databases allow a few thousand. */
const CONDITIONS_AT_ONCE = 300

export type EvaluateOptions = {
  scope: Scope
  segments: readonly Evaluated[]
  /** Rules that only say when to look again. */
  alsoFlips: readonly Rule[]
  population: Population
  surroundings: Surroundings
  moment: Moment
}

type Row = {
  provider_id: number
  customer_id: number
  known: number
  mask: number
  members: number
  flip_at: Date | null
  flip_on: Day | null
  stored_flip_at: Date | null
  stored_flip_on: Day | null
}

/** What one statement evaluates. */
type Group = { segments: Evaluated[]; alsoFlips: Rule[] }

/**
 * Evaluates segments for a population and compares with the stored members and flips, in one statement (in several only
 * where there are very many segments). What somebody decided by hand outranks the rule,
 * but nobody who is no longer known is in anything.
 *
 * @returns the relationships that differ
 */
export async function evaluate(db: Database, options: EvaluateOptions): Promise<Difference[]> {
  const groups = groupsOf(options)
  const differences = new Map<string, Difference>()
  for (const group of groups) {
    // a relationship's flip is the earliest of all groups: only a single one can leave out what is as stored
    for (const row of await evaluateGroup(db, options, group, groups.length > 1)) {
      const key = `${row.provider_id} ${row.customer_id}`
      const difference = differences.get(key)
      if (difference === undefined) differences.set(key, differenceOf(row, group))
      else merge(difference, differenceOf(row, group), row)
    }
  }
  return [...differences.values()].filter(({ entered, left, flips }) => flips || entered.length > 0 || left.length > 0)
}

function groupsOf({ segments, alsoFlips }: EvaluateOptions): Group[] {
  const groups: Group[] = [{ segments: [], alsoFlips: [] }]
  let conditions = 0
  const groupFor = (rule: Rule): Group => {
    const count = nodesOf(rule).filter((node) => isCondition(node.rule)).length
    const last = groups.at(-1)
    if (last !== undefined && last.segments.length < SEGMENTS_AT_ONCE && conditions + count <= CONDITIONS_AT_ONCE) {
      conditions += count
      return last
    }
    conditions = count
    const next: Group = { segments: [], alsoFlips: [] }
    groups.push(next)
    return next
  }
  for (const segment of segments) groupFor(segment.rule).segments.push(segment)
  for (const rule of alsoFlips) groupFor(rule).alsoFlips.push(rule)
  return groups
}

function differenceOf(row: Row, { segments }: Group): Difference {
  const entered: number[] = []
  const left: number[] = []
  for (const [bit, { id }] of segments.entries()) {
    const is = (row.mask >> bit) & 1
    const was = (row.members >> bit) & 1
    if (is !== was) (is === 1 ? entered : left).push(id)
  }
  const { provider_id: providerId, customer_id: customerId, flip_at: flipAt, flip_on: flipOn } = row
  return { providerId, customerId, entered, left, flipAt, flipOn, ...againstStored(flipAt, flipOn, row) }
}

function merge(difference: Difference, other: Difference, row: Row): void {
  difference.entered.push(...other.entered)
  difference.left.push(...other.left)
  difference.flipAt = earliest(difference.flipAt, other.flipAt)
  difference.flipOn = earliest(difference.flipOn, other.flipOn)
  Object.assign(difference, againstStored(difference.flipAt, difference.flipOn, row))
}

function earliest<Value extends Date | Day>(one: Value | null, other: Value | null): Value | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

function againstStored(flipAt: Date | null, flipOn: Day | null, row: Row): Pick<Difference, 'flips' | 'sooner'> {
  const { stored_flip_at: storedAt, stored_flip_on: storedOn } = row
  const isSooner = <Value extends Date | Day>(one: Value | null, stored: Value | null) =>
    one !== null && (stored === null || one < stored)
  return {
    flips: flipAt?.getTime() !== storedAt?.getTime() || flipOn !== storedOn,
    sooner: isSooner(flipAt, storedAt) || isSooner(flipOn, storedOn),
  }
}

/** Makes the database keep a derived table: merged into the query around it, every use would compute its columns again. */
const ONCE = plain('LIMIT 9223372036854775807')

async function evaluateGroup(
  db: Database,
  { scope, population, surroundings, moment }: EvaluateOptions,
  { segments, alsoFlips }: Group,
  everybody: boolean,
): Promise<Row[]> {
  const compiled = compileRules(
    [...segments.map(({ rule }) => rule), ...alsoFlips],
    { scope, population, ...surroundings, ...moment, source: 'rollup' },
    { extraFlips: ROLLUP_FLIPS },
  )
  const bits = segments.map(({ rule }, bit) => sql`(${compiled.holds(rule)}) * ${plain(String(2 ** bit))}`)
  const byRule = bits.length === 0 ? plain('0') : joined(bits, ' + ')
  // with the bits of those put in by hand, without those of those taken out
  const mask = sql`CASE WHEN e.known THEN ((${byRule}) | COALESCE(o.ins, 0)) & ~COALESCE(o.outs, 0) ELSE 0 END`
  // time changes nothing for those who are in nothing; they are looked at when they arrive
  const flipAt = plain('CASE WHEN e.known THEN e.flip_at END')
  const flipOn = plain('CASE WHEN e.known THEN e.flip_on END')
  const differs = plain(`w.mask <> w.members
    OR NOT (w.flip_at <=> w.stored_flip_at AND w.flip_on <=> w.stored_flip_on)`)
  const statement = sql`
    SELECT w.* FROM (
      SELECT e.provider_id, e.customer_id, e.known, ${mask} AS mask, COALESCE(m.members, 0) AS members,
        ${flipAt} AS flip_at, ${flipOn} AS flip_on, e.stored_flip_at, e.stored_flip_on
      FROM (${compiled.select} ${ONCE}) e
      LEFT JOIN (${bitsOf('segment_members', { members: plain('TRUE') }, segments, scope, population)}) m
        ON m.provider_id = e.provider_id AND m.customer_id = e.customer_id
      LEFT JOIN (${bitsOf('segment_overrides', OVERRIDES, segments, scope, population)}) o
        ON o.provider_id = e.provider_id AND o.customer_id = e.customer_id
      ${ONCE}
    ) w WHERE ${everybody ? plain('TRUE') : differs}`
  return rows<Row>(db, statement.text, statement.values)
}

const OVERRIDES = { ins: plain('x.is_in'), outs: plain('NOT x.is_in') }

/** The segments of a group of which a table has rows `x` for a relationship, as one number for each kind of row. */
function bitsOf(
  table: 'segment_members' | 'segment_overrides',
  kinds: Readonly<Record<string, Sql>>,
  group: readonly Evaluated[],
  scope: Scope,
  population: Population,
): Sql {
  const names = Object.keys(kinds)
  if (group.length === 0) {
    return plain(`SELECT 0 AS provider_id, 0 AS customer_id, ${names.map((name) => `0 AS ${name}`).join(', ')}`)
  }
  const bit = joined(
    group.map(({ id }, index) => plain(`WHEN ${Number(id)} THEN ${2 ** index}`)),
    ' ',
  )
  const sums = Object.entries(kinds).map(
    ([name, which]) => sql`SUM(CASE WHEN ${which} THEN CASE x.segment_id ${bit} END ELSE 0 END) AS ${plain(name)}`,
  )
  const ids = plain(group.map(({ id }) => Number(id)).join(', '))
  const provider = plain(scope === 'provider' ? 'x.provider_id <> 0' : 'x.provider_id = 0')
  const drawn =
    population.kind === 'listed'
      ? sql`refresh_scope s STRAIGHT_JOIN ${plain(table)} x
          ON x.customer_id = s.customer_id AND x.provider_id = s.provider_id WHERE ${provider}`
      : sql`${plain(table)} x WHERE ${among(population, plain('x.customer_id'))} AND ${provider}`
  return sql`SELECT x.provider_id, x.customer_id, ${joined(sums, ', ')}
    FROM ${drawn} AND x.segment_id IN (${ids}) GROUP BY x.provider_id, x.customer_id`
}
