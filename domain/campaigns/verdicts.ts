import { customerFilterSql } from '../customers/filter.ts'
import type { Sql } from '../customers/sql.ts'
import { addressSql } from '../deliveries/addressSql.ts'
import type { Audience } from './criteria.ts'
import { leftOutSql } from './leftOut.ts'

/**
 * Everybody an audience asks for, one row each, with why they get nothing: `customer_id` (null for ids that nobody
 * has), `external_id`, `reason` (null for recipients). Of several customers with one address, the one we know longest
 * gets the mail. Who is held out gets nothing for no other reason.
 */
export function verdictsSql(audience: Audience, mailUnknownConsent: boolean, held: Held = NOBODY_HELD): Sql {
  const verdicts = withoutHoldout(audience, mailUnknownConsent)
  return held.holdout === 0 ? verdicts : withHoldout(verdicts, held)
}

/** How many of a hundred recipients get nothing, and what decides by hash who: the same seed, the same people. */
export type Held = { holdout: number; seed: string }
const NOBODY_HELD: Held = { holdout: 0, seed: '' }

/**
 * The place of a customer in an order that a seed mixes: everybody's is the same for the same seed, and nothing about the
 * customer goes into it. CRC32 would be quicker, but its orders for two seeds resemble each other.
 */
export const mixedSql = (customer: string) =>
  `CAST(CONV(LEFT(SHA2(CONCAT(?, ':', ${customer}), 256), 12), 16, 10) AS UNSIGNED)`

/** Holds out so many of a hundred of those who would get it, rounded down: the number depends on nothing else. */
function withHoldout(verdicts: Sql, { holdout, seed }: Held): Sql {
  return {
    sql: `
      SELECT h.customer_id, h.external_id, CASE
          WHEN h.reason IS NULL
            AND ROW_NUMBER() OVER (PARTITION BY h.reason ORDER BY ${mixedSql('h.customer_id')}, h.customer_id)
              <= FLOOR(COUNT(*) OVER (PARTITION BY h.reason) * ? / 100)
          THEN 'holdout' ELSE h.reason END AS reason
      FROM (${verdicts.sql}) h`,
    bindings: [`holdout:${seed}`, holdout, ...verdicts.bindings],
  }
}

function withoutHoldout(audience: Audience, mailUnknownConsent: boolean): Sql {
  const requested = requestedSql(audience)
  const { joins, reason } = leftOutSql({ ...audience, mailUnknownConsent })
  return {
    sql: `
      SELECT v.customer_id, v.external_id,
        CASE WHEN v.reason IS NULL AND ROW_NUMBER() OVER (PARTITION BY v.reason, v.address ORDER BY v.customer_id) > 1
          THEN 'same_address' ELSE v.reason END AS reason
      FROM (
        SELECT c.id AS customer_id, ${requested.id} AS external_id,
          LOWER(${addressSql(audience.channel)}) COLLATE utf8mb4_bin AS address,
          ${reason.sql} AS reason
        FROM ${requested.from}
        ${joins.sql}
        WHERE ${requested.where.sql}
      ) v`,
    bindings: [...reason.bindings, ...requested.bindings, ...joins.bindings, ...requested.where.bindings],
  }
}

/** Where an audience comes from: a FROM clause with `customers c` and
 * their `relationships r`, the caller's id of each row, and the condition. */
function requestedSql({ source, filter, providerId }: Audience): {
  id: string
  from: string
  bindings: (string | number)[]
  where: Sql
} {
  const narrowed = customerFilterSql(filter, providerId)
  const ownOf = 'ownOf' in source ? source.ownOf : null
  // somebody else's customer is as unknown as one that nobody has
  const own =
    ownOf === null
      ? { sql: '', bindings: [] }
      : {
          sql: 'AND EXISTS (SELECT 1 FROM relationships w WHERE w.provider_id = ? AND w.customer_id = c.id)',
          bindings: [ownOf],
        }
  if ('customers' in source) {
    return {
      id: 'p.external_id',
      // who went into another one since they were picked is that one, once
      from: `(SELECT DISTINCT COALESCE(y.external_id, j.external_id) AS external_id
          FROM JSON_TABLE(?, '$[*]' COLUMNS (external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$')) j
          LEFT JOIN customers g ON g.external_id = j.external_id LEFT JOIN customers y ON y.id = g.merged_into) p
        LEFT JOIN customers c ON c.external_id = p.external_id ${own.sql}
        LEFT JOIN relationships r ON r.provider_id = ? AND r.customer_id = c.id`,
      bindings: [JSON.stringify(source.customers), ...own.bindings, ownOf ?? 0],
      where: { sql: `c.id IS NULL OR (${narrowed.sql})`, bindings: narrowed.bindings },
    }
  }
  if ('everybody' in source) {
    // of whoever has to do with one provider only, in that one's
    const within = `AND EXISTS (SELECT 1 FROM segment_members g WHERE g.customer_id = c.id AND g.segment_id = ?
      ${ownOf === null ? '' : 'AND g.provider_id = ?'})`
    const named = source.inSegment === null ? [] : [source.inSegment, ...(ownOf === null ? [] : [ownOf])]
    return {
      id: 'c.external_id',
      from: 'customers c LEFT JOIN relationships r ON r.provider_id = ? AND r.customer_id = c.id',
      bindings: [ownOf ?? 0],
      where: {
        sql: `c.known = 1 ${own.sql} AND (${narrowed.sql}) ${source.inSegment === null ? '' : within}`,
        bindings: [...own.bindings, ...narrowed.bindings, ...named],
      },
    }
  }
  return {
    id: 'c.external_id',
    from: `segment_members m JOIN customers c ON c.id = m.customer_id
      LEFT JOIN relationships r ON r.provider_id = m.provider_id AND r.customer_id = c.id`,
    bindings: [],
    where: {
      sql: `m.segment_id = ? AND m.provider_id = ? AND (${narrowed.sql})`,
      bindings: [source.segmentId, source.membersOf, ...narrowed.bindings],
    },
  }
}
