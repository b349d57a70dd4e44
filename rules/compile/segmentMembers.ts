import type { Scope } from '../rule.ts'
import { plain, type Sql, sql } from '../sql.ts'
import type { NamedSegment } from './options.ts'

/** Whose membership counts for a customer `c` of an evaluation in a scope. */
function whose(segment: NamedSegment, scope: Scope, provider: Sql, column: Sql): Sql {
  if (segment.scope === 'business') return sql`${column} = 0`
  // a provider's segment asked for by the whole business: with any provider
  return scope === 'business' ? plain('TRUE') : sql`${column} = ${provider}`
}

/** Whether a customer is a member now. */
export function isMember(segment: NamedSegment, scope: Scope, provider: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM segment_members q
    WHERE q.segment_id = ${segment.id} AND q.customer_id = c.id
      AND ${whose(segment, scope, provider, plain('q.provider_id'))})`
}

/** Whether a customer was a member at a moment, as the transitions tell. */
export function wasMember(segment: NamedSegment, scope: Scope, provider: Sql, at: Date): Sql {
  return sql`EXISTS (SELECT 1 FROM segment_transitions q
    WHERE q.segment_id = ${segment.id} AND q.customer_id = c.id AND q.entered AND q.at <= ${at}
      AND ${whose(segment, scope, provider, plain('q.provider_id'))}
      AND NOT EXISTS (SELECT 1 FROM segment_transitions l
        WHERE l.segment_id = q.segment_id AND l.customer_id = q.customer_id AND l.provider_id = q.provider_id
          AND l.id > q.id AND l.at <= ${at} AND NOT l.entered))`
}

/** What somebody decided about a customer by hand: 1, 0, or NULL where the rule decides. */
export function byHand({ id }: NamedSegment, provider: Sql): Sql {
  return sql`(SELECT o.is_in FROM segment_overrides o
    WHERE o.segment_id = ${id} AND o.provider_id = ${provider} AND o.customer_id = c.id)`
}
