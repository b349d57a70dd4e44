import { holdsOf } from './compile/holds.ts'
import { keyOf } from './compile/key.ts'
import type { CompileOptions } from './compile/options.ts'
import { Sources } from './compile/sources.ts'
import type { Compiled, Records } from './fact.ts'
import { factOf } from './facts/index.ts'
import { type Condition, isCondition, nodesOf, type Rule } from './rule.ts'
import { joined, plain, type Sql, sql } from './sql.ts'
import type { RawTable } from './tables.ts'
import type { Day } from './time.ts'

/**
 * Rules as one SQL statement in which every distinct condition is one column of 0 or 1, so that membership, counts and
 * explanations come from the same text.
 */

export type Evaluation = {
  /**
   * Selects `provider_id`, `customer_id`, `known` (0 for those who must be in nothing), `c0`, `c1`, … (one for each
   * distinct condition), on request the values, and unless they are not asked for `flip_at` and `flip_on` (when time alone
   * may next change any of them) beside what is stored of both.
   */
  readonly select: Sql
  /** The value that decided a condition, when the values were asked for, as `e.v0`. */
  value(condition: Condition): Sql
  /** The place of a condition among those columns. */
  position(condition: Condition): number
  /** Whether a rule holds, in terms of those columns. */
  holds(rule: Rule): Sql
  /** The raw rows that decide a condition; null where no such row does. */
  records(condition: Condition): Records | null
  /** The tables of facts that are read, beside customers and suppressions. */
  readonly reads: ReadonlySet<RawTable>
}

/**
 * Compiles rules for one evaluation.
 *
 * @param rules checked rules; conditions that several of them share are evaluated once
 * @param flips whether it is asked for when time changes anything
 * @param extraFlips columns of the rollup whose instant makes a relationship due by itself
 */
export function compileRules(
  rules: readonly Rule[],
  options: CompileOptions,
  { values = false, flips = true, extraFlips = [] as readonly string[] } = {},
): Evaluation {
  const sources = new Sources(options)
  const positions = new Map<string, number>()
  const compiled: Compiled[] = []
  for (const rule of rules) {
    for (const node of nodesOf(rule)) {
      if (!isCondition(node.rule) || positions.has(keyOf(node.rule))) continue
      positions.set(keyOf(node.rule), compiled.length)
      compiled.push(factOf(node.rule.fact).compile(node.rule, sources))
    }
  }
  const own = extraFlips.flatMap((column) => sources.rollup(column) ?? [])
  const columns = [
    sql`${sources.provider()} AS provider_id`,
    sql`c.id AS customer_id`,
    sql`${sources.known()} AS known`,
    ...compiled.map(({ holds }, index) => sql`COALESCE((${holds}), 0) AS ${plain(`c${index}`)}`),
    ...(values ? compiled.map(({ value }, index) => sql`${value} AS ${plain(`v${index}`)}`) : []),
    ...(flips ? flipColumns(compiled, own, options, sources) : []),
  ]
  const position = (condition: Condition): number => {
    const found = positions.get(keyOf(condition))
    if (found === undefined) throw new Error(`Not compiled: ${keyOf(condition)}`)
    return found
  }
  return {
    select: sql`SELECT ${joined(columns, ', ')} ${sources.from(columns)}`,
    position,
    value: (condition) => plain(`e.v${position(condition)}`),
    holds: (rule) => holdsOf(rule, (condition) => plain(`e.c${position(condition)}`)),
    records: (condition) => compiled[position(condition)]?.records ?? null,
    reads: sources.reads(),
  }
}

/** When time alone may next change anything, beside what is stored of it. */
function flipColumns(
  compiled: readonly Compiled[],
  own: readonly Sql[],
  { now, today }: CompileOptions,
  sources: Sources,
): Sql[] {
  const at = [...own, ...compiled.flatMap(({ flipsAt }) => flipsAt ?? [])]
  const on = compiled.flatMap(({ flipsOn }) => flipsOn ?? [])
  return [
    sql`${earliestInstant(at, now)} AS flip_at`,
    sql`${earliestDay(on, today)} AS flip_on`,
    sql`${sources.stored('flip_at')} AS stored_flip_at, ${sources.stored('flip_on')} AS stored_flip_on`,
  ]
}

const NEVER_AT = plain("CAST('9999-12-31 00:00:00' AS DATETIME(3))")
const NEVER_ON = plain("CAST('9999-12-31' AS DATE)")

/** The earliest of some instants that has not come; NULL when there is none. */
function earliestInstant(instants: readonly Sql[], now: Date): Sql {
  const ahead = distinct(instants).map((at) => sql`CASE WHEN ${at} > ${now} THEN ${at} ELSE ${NEVER_AT} END`)
  return sql`NULLIF(LEAST(${joined([...ahead, NEVER_AT, NEVER_AT], ', ')}), ${NEVER_AT})`
}

/** The earliest of some days, not before tomorrow; NULL when there is none. */
function earliestDay(days: readonly Sql[], today: Day): Sql {
  const found = distinct(days).map((on) => sql`COALESCE(${on}, ${NEVER_ON})`)
  const tomorrow = sql`DATE_ADD(CAST(${today} AS DATE), INTERVAL 1 DAY)`
  return sql`NULLIF(GREATEST(LEAST(${joined([...found, NEVER_ON, NEVER_ON], ', ')}), ${tomorrow}), ${NEVER_ON})`
}

function distinct(pieces: readonly Sql[]): Sql[] {
  return [...new Map(pieces.map((piece) => [JSON.stringify(piece), piece])).values()]
}
