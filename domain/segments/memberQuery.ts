import { allOf, type CustomerFilter, customerFilterSql } from '../customers/filter.ts'
import type { Sql } from '../customers/sql.ts'

/** `FROM` and `WHERE` over the members of a segment. */
export type MemberQuery = { from: string; where: Sql }

/**
 * The members of a segment, perhaps filtered: `m` is the membership, `o` what somebody decided about it by hand, `c` the
 * customer, `r` the customer's relationship with the provider whose members are meant.
 *
 * @param segmentId our own id of the segment
 * @param providerId 0 for the whole business
 */
export function memberQuery(segmentId: number, providerId: number, filter: CustomerFilter = {}): MemberQuery {
  return {
    from: `segment_members m JOIN customers c ON c.id = m.customer_id
      LEFT JOIN segment_overrides o
        ON o.segment_id = m.segment_id AND o.provider_id = m.provider_id AND o.customer_id = m.customer_id
      LEFT JOIN relationships r ON r.provider_id = m.provider_id AND r.customer_id = c.id`,
    where: allOf([
      { sql: 'm.segment_id = ? AND m.provider_id = ? AND c.known = 1', bindings: [segmentId, providerId] },
      customerFilterSql(filter, providerId),
    ]),
  }
}
