import type { Evaluation } from '../../rules/compile.ts'
import { plain, type Sql, sql } from '../../rules/sql.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'

/** A customer; in scope provider with the provider, by our own ids, for whom the rule was evaluated. */
export type Caught = { id: string; name: string; place: Place }

/** Where a list by ids has come to. */
export type Place = { customer: number; provider: number }

/** How many ids the first look spans; each further one spans ten times as many. */
const FIRST_LOOK = 2_000

/**
 * The first customers, by our own ids, of whom something holds in an evaluation.
 *
 * @param compile compiles for a range of customers' ids: small ranges are tried first, since they mostly do
 * @param caught what must hold, in terms of the evaluation's columns
 * @param after behind whom to begin
 */
export async function firstCaught(
  db: Database,
  compile: (range: { from: number; to: number }) => Evaluation,
  caught: (evaluation: Evaluation) => Sql,
  limit: number,
  after: Place = { customer: 0, provider: 0 },
): Promise<Caught[]> {
  const found: (Named & { customer_id: number; provider_id: number })[] = []
  for (
    let from = after.customer, span = FIRST_LOOK;
    found.length < limit && from < Number.MAX_SAFE_INTEGER;
    span *= 10
  ) {
    const to = Math.min(from + span, Number.MAX_SAFE_INTEGER)
    const evaluation = compile({ from, to })
    const statement = sql`
      SELECT ${plain(NAME_COLUMNS)}, s.customer_id, s.provider_id FROM (
        SELECT e.customer_id, e.provider_id FROM (${evaluation.select}) e
        WHERE e.known AND ${caught(evaluation)}
          AND (e.customer_id > ${after.customer} OR e.customer_id = ${after.customer} AND e.provider_id > ${after.provider})
        ORDER BY e.customer_id, e.provider_id LIMIT ${limit - found.length}
      ) s JOIN customers c ON c.id = s.customer_id ORDER BY s.customer_id, s.provider_id`
    found.push(...(await rows<(typeof found)[number]>(db, statement.text, statement.values)))
    from = to + 1
  }
  return found.map((row) => ({
    id: row.external_id,
    name: customerName(row),
    place: { customer: row.customer_id, provider: row.provider_id },
  }))
}
