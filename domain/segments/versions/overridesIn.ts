import { type Sql, sql } from '../../../rules/sql.ts'
import { type Database, rows } from '../../database.ts'
import { Problem } from '../../errors.ts'

/**
 * Membership of a segment in terms of an evaluation `e`, given what its rule says: what somebody decided by hand outranks it.
 *
 * @param key the segment; without one, and where nobody decided anything, the rule alone says it
 * @throws Problem 'invalid' when there is no such segment
 */
export async function overridesIn(db: Database, key: string | undefined): Promise<(byRule: Sql) => Sql> {
  if (key === undefined) return (byRule) => byRule
  const [segment] = await rows<{ id: number; decided: number }>(
    db,
    `SELECT s.id, EXISTS (SELECT 1 FROM segment_overrides o WHERE o.segment_id = s.id) AS decided
     FROM segments s WHERE s.\`key\` = ?`,
    [key],
  )
  if (segment === undefined) {
    const message = `There is no segment “${key}”`
    throw new Problem('invalid', message, [{ path: '/segment', message }])
  }
  if (segment.decided === 0) return (byRule) => byRule
  return (byRule) => sql`COALESCE((SELECT o.is_in FROM segment_overrides o WHERE o.segment_id = ${segment.id}
    AND o.provider_id = e.provider_id AND o.customer_id = e.customer_id), ${byRule})`
}
