import type { CompileOptions } from '../../rules/compile/options.ts'
import { EVERYBODY, type Population } from '../../rules/compile/population.ts'
import { compileRules } from '../../rules/compile.ts'
import type { Rule, Scope } from '../../rules/rule.ts'
import { plain, sql } from '../../rules/sql.ts'
import type { RawTable } from '../../rules/tables.ts'
import { dayOf } from '../../rules/time.ts'
import { type Database, rows } from '../database.ts'
import { surroundingsAsOf } from '../history/surroundingsAsOf.ts'
import { earlierOf, momentIn } from '../segments/moment.ts'
import { readSurroundings, type Surroundings } from '../segments/surroundings.ts'

/** What is played over the days. */
export type Subject = {
  readonly rule: Rule
  readonly scope: Scope
  /** Our id of the one provider whose customers are meant. */
  readonly provider?: number | undefined
  /** The segment of which this is the rule, where what was decided by hand outranks it. */
  readonly segmentId?: number | undefined
  readonly timeZone: string
  /** `known`: as was known at the instant looked at; `raw`: as is known now. */
  readonly source: 'known' | 'raw'
}

/** Somebody for whom the rule holds at an instant, or for whom time alone may soon change that. */
export type Found = { providerId: number; customerId: number; holds: boolean; next: Date | null }

type Row = { provider_id: number; customer_id: number; holds: number; flip_at: Date | null; flip_on: string | null }

/** What an evaluation at an instant has to know beside the rule; the same for everybody who is looked at then. */
export async function surroundingsOf(db: Database, { source }: Subject, at: Date): Promise<Surroundings> {
  return source === 'known' ? surroundingsAsOf(db, at) : { ...(await readSurroundings(db)), rankings: new Map() }
}

/** The tables of facts that a rule reads, with those segments that it may ask for. */
export async function readsOf(
  db: Database,
  subject: Subject,
  at: Date,
): Promise<{ reads: ReadonlySet<RawTable>; segments: Surroundings['segments'] }> {
  const { rule, scope, timeZone, source } = subject
  const surroundings = await surroundingsOf(db, subject, at)
  const options = { scope, ...momentIn(timeZone, at), ...surroundings, population: EVERYBODY, source }
  return { reads: compileRules([rule], options).reads, segments: surroundings.segments }
}

/** Makes the database keep the evaluation: merged into the query around it, its columns would be computed several times. */
const ONCE = plain('LIMIT 9223372036854775807')

/**
 * Evaluates a rule for some at an instant.
 *
 * @param last flips after it are of no interest
 * @returns those for whom it holds, and those who may change by then
 */
export async function look(
  db: Database,
  subject: Subject,
  population: Exclude<Population, { kind: 'listed' }>,
  { at, last, surroundings }: { at: Date; last: Date; surroundings: Surroundings },
): Promise<Found[]> {
  const { rule, scope, provider, segmentId, source, timeZone } = subject
  const options: CompileOptions = {
    scope,
    ...momentIn(timeZone, at),
    ...surroundings,
    population: { ...population, provider },
    source,
  }
  const { select, holds } = compileRules([rule], options)
  const byRule = holds(rule)
  const decided = sql`(SELECT o.is_in FROM segment_overrides o WHERE o.segment_id = ${segmentId ?? 0}
    AND o.provider_id = e.provider_id AND o.customer_id = e.customer_id)`
  const member = segmentId === undefined ? byRule : sql`COALESCE(${decided}, ${byRule})`
  const statement = sql`
    SELECT w.* FROM (
      SELECT e.provider_id, e.customer_id, e.known, ${member} AS holds, e.flip_at, e.flip_on
      FROM (${select} ${ONCE}) e ${ONCE}
    ) w WHERE w.known AND (w.holds OR w.flip_at <= ${last} OR w.flip_on <= ${dayOf(last, timeZone)})`
  const found = await rows<Row>(db, statement.text, statement.values)
  return found.map((row) => ({
    providerId: Number(row.provider_id),
    customerId: Number(row.customer_id),
    holds: Number(row.holds) === 1,
    next: earlierOf(row.flip_at, row.flip_on, timeZone),
  }))
}
