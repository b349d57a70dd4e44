import type { Population } from '../../rules/compile/population.ts'
import { compileRules, type Evaluation } from '../../rules/compile.ts'
import { isCondition, nodesOf, type Rule, type Scope } from '../../rules/rule.ts'
import { plain, sql } from '../../rules/sql.ts'
import { type Database, rows } from '../database.ts'
import { earlierOf, momentIn } from './moment.ts'
import type { Surroundings } from './surroundings.ts'

/** One customer as a rule sees them at one moment. */
export type Seen = {
  customerId: number
  /** Whether they may be in anything at all. */
  known: boolean
  /** Whether each node of the rule holds, in the order of `nodesOf`. */
  holds: boolean[]
  /** For each node that is a condition, the value that decided it; undefined for the others. */
  values: unknown[]
  /** When time alone may next change any of it. */
  next: Date | null
}

export type AtOptions = {
  rule: Rule
  scope: Scope
  population: Exclude<Population, { kind: 'listed' }>
  timeZone: string
  surroundings: Surroundings
  /** What ranks say is asked for: they take everybody, and their places are those of now, whatever the moment. */
  placed: boolean
  /** Facts as they were known at a past instant; as they are known now when it is left out. */
  knownAt?: Date | undefined
}

/** Compiles a rule for any moment, with the values that decide it. */
export function compileAt(options: AtOptions, at: Date): Evaluation {
  const { rule, scope, population, surroundings, timeZone, placed, knownAt } = options
  const moment = momentIn(timeZone, at)
  const source = knownAt === undefined ? { source: 'raw' as const } : { source: 'known' as const, knownAt }
  return compileRules(
    [rule],
    { scope, population, ...surroundings, ...moment, ...source, withoutPlaces: !placed },
    { values: true },
  )
}

/** Evaluates a rule at any moment from the raw rows, past and future ones, with the facts as they are or were known. */
export async function evaluateAt(db: Database, options: AtOptions, at: Date): Promise<Seen[]> {
  const nodes = nodesOf(options.rule)
  const compiled = compileAt(options, at)
  const columns = nodes.map((node, index) => {
    const holds = sql`${compiled.holds(node.rule)} AS ${plain(`h${index}`)}`
    return isCondition(node.rule) ? sql`${holds}, ${compiled.value(node.rule)} AS ${plain(`v${index}`)}` : holds
  })
  const found = await rows<Record<string, unknown>>(
    db,
    `SELECT e.customer_id, e.known, e.flip_at, e.flip_on, ${columns.map(({ text }) => text).join(', ')}
     FROM (${compiled.select.text}) e`,
    [...columns.flatMap(({ values }) => values), ...compiled.select.values],
  )
  return found.map((row) => ({
    customerId: Number(row.customer_id),
    known: row.known === 1,
    holds: nodes.map((_, index) => Number(row[`h${index}`]) === 1),
    values: nodes.map(({ rule: node }, index) => (isCondition(node) ? row[`v${index}`] : undefined)),
    next: earlierOf(row.flip_at as Date | null, row.flip_on as string | null, options.timeZone),
  }))
}
