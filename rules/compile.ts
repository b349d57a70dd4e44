import { holdsOf } from './compile/holds.ts'
import { keyOf } from './compile/key.ts'
import type { CompileOptions } from './compile/options.ts'
import { Sources } from './compile/sources.ts'
import type { Compiled, Records } from './fact.ts'
import { factOf } from './facts/index.ts'
import { type Condition, isCondition, nodesOf, type Rule } from './rule.ts'
import { joined, plain, type Sql, sql } from './sql.ts'
import type { Day } from './time.ts'

/**
 * Rules as one SQL statement in which every distinct condition is one column of 0 or 1, so that membership, counts and
 * explanations come from the same text.
 */

export type Evaluation = {
  /**
   * Selects `provider_id`, `customer_id`, `known` (0 for those who must be in nothing), `c0`, `c1`, … (one for each
   * distinct condition), `flip_at` and `flip_on` (when time alone may next change any of them) beside what is stored of
   * both, and on request the values.
   */
  readonly select: Sql
  /** The value that decided a condition, when the values were asked for, as `e.v0`. */
  value(condition: Condition): Sql
  /** Whether a rule holds, in terms of those columns. */
  holds(rule: Rule): Sql
  /** The raw rows that decide a condition; null where no such row does. */
  records(condition: Condition): Records | null
}

/**
 * Compiles rules for one evaluation.
 *
 * @param rules checked rules; conditions that several of them share are evaluated once
 * @param extraFlips columns of the rollup whose instant makes a relationship due by itself
 */
export function compileRules(
  rules: readonly Rule[],
  options: CompileOptions,
  { values = false, extraFlips = [] as readonly string[] } = {},
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
    sql`${earliestInstant([...own, ...compiled.flatMap(({ flipsAt }) => flipsAt ?? [])], options.now)} AS flip_at`,
    sql`${earliestDay(
      compiled.flatMap(({ flipsOn }) => flipsOn ?? []),
      options.today,
    )} AS flip_on`,
    plain('r.flip_at AS stored_flip_at, r.flip_on AS stored_flip_on'),
  ]
  const named = (letter: 'c' | 'v') => (condition: Condition) => {
    const position = positions.get(keyOf(condition))
    if (position === undefined) throw new Error(`Not compiled: ${keyOf(condition)}`)
    return plain(`e.${letter}${position}`)
  }
  const column = named('c')
  const records = (condition: Condition) => compiled[positions.get(keyOf(condition)) ?? -1]?.records ?? null
  const holds = (rule: Rule): Sql => holdsOf(rule, column)
  return { select: sql`SELECT ${joined(columns, ', ')} ${sources.from()}`, value: named('v'), holds, records }
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
