import type { Evaluation } from '../../rules/compile.ts'
import type { Rule } from '../../rules/rule.ts'
import { plain, sql } from '../../rules/sql.ts'
import { customerName, NAME_COLUMNS, type Named } from '../customers/name.ts'
import { type Database, rows } from '../database.ts'

const SAMPLE = 10
/** How many ids the first look spans; each further one spans ten times as many. */
const FIRST_LOOK = 2_000

/**
 * A few of those whom a rule catches.
 *
 * @param count how many there are
 * @param compile compiles the rule for a range of customers' ids: small ranges are tried first, since they mostly do
 */
export async function sampleOf(
  db: Database,
  rule: Rule,
  count: number,
  compile: (range: { from: number; to: number }) => Evaluation,
): Promise<{ id: string; name: string }[]> {
  const wanted = Math.min(SAMPLE, count)
  const found: Named[] = []
  for (let from = 0, span = FIRST_LOOK; found.length < wanted && from < Number.MAX_SAFE_INTEGER; span *= 10) {
    const to = Math.min(from + span, Number.MAX_SAFE_INTEGER)
    const { select, holds } = compile({ from, to })
    const statement = sql`
      SELECT ${plain(NAME_COLUMNS)} FROM (
        SELECT DISTINCT e.customer_id FROM (${select}) e WHERE e.known AND ${holds(rule)} LIMIT ${wanted - found.length}
      ) s JOIN customers c ON c.id = s.customer_id`
    found.push(...(await rows<Named>(db, statement.text, statement.values)))
    from = to + 1
  }
  return found.map((row) => ({ id: row.external_id, name: customerName(row) }))
}
