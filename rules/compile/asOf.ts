import { joined, listed, plain, type Sql, sql } from '../sql.ts'
import { type RawTable, TABLES } from '../tables.ts'
import { BETWEEN, REMEMBERED } from './asOfTables.ts'

/** Tables as they were known at a past instant: live rows that were there then, and earlier versions that still held. */

/** Tables that keep no earlier versions: their rows say themselves when what happened to them. */
const DATED: Readonly<
  Record<'deliveries' | 'rewards' | 'survey_answers', { since: string; columns: (at: Date) => Sql }>
> = {
  deliveries: {
    since: 'x.queued_at',
    columns: (at) => {
      const steps = ['sent_at', 'delivered_at', 'opened_at', 'clicked_at', 'bounced_at'].map((column) => {
        const instant = plain(`x.${column}`)
        return sql`CASE WHEN ${instant} <= ${at} THEN ${instant} END AS ${plain(column)}`
      })
      return sql`x.customer_id, x.test, x.channel, x.campaign_id, x.template_id, x.automation_id, ${joined(steps, ', ')}`
    },
  },
  survey_answers: {
    since: 'x.answered_at',
    columns: (at) => sql`x.customer_id, x.survey, x.answer, x.answered_at,
      CASE WHEN x.replaced_at <= ${at} THEN x.replaced_at END AS replaced_at`,
  },
  rewards: {
    since: 'x.created_at',
    columns: (at) => sql`x.customer_id, x.provider_id, x.kind, x.valid_from, x.valid_to,
      CASE WHEN x.used_at > ${at} THEN 0 ELSE x.minutes_used END AS minutes_used,
      CASE WHEN x.activated_at > ${at} THEN 'reserved' WHEN x.state = 'used' AND x.used_at > ${at} THEN 'active'
        WHEN x.given_back_at > ${at} THEN IF(x.activated_at IS NULL, 'reserved', 'active')
        ELSE x.state END AS state`,
  },
}

/** The columns of a row `x` at an instant: what has not begun had not been attended or missed yet. */
function columnsOf(table: keyof typeof REMEMBERED, at: Date): Sql {
  const columns = REMEMBERED[table].columns.map((column) => {
    if (table !== 'bookings' || column !== 'state') return plain(`x.${column}`)
    return sql`CASE WHEN x.starts_at > ${at} AND x.state IN ('attended', 'no_show') THEN 'booked' ELSE x.state END AS state`
  })
  return joined(columns, ', ')
}

/**
 * The rows of a table as they were known at an instant, as a derived table without a name.
 *
 * @param which a condition on its rows `x`: a small part of them, by the customer's id
 */
export function rowsAsOf(table: RawTable, which: Sql, at: Date): Sql {
  if (table === 'deliveries' || table === 'rewards' || table === 'survey_answers') {
    const { since, columns } = DATED[table]
    return sql`(SELECT ${columns(at)} FROM ${plain(table)} x WHERE ${which} AND ${plain(since)} <= ${at})`
  }
  const alive = plain(TABLES[table].marksDeleted ? ' AND x.deleted = 0' : '')
  const columns = columnsOf(table, at)
  return sql`(SELECT ${columns} FROM ${plain(table)} x WHERE ${which}${alive} AND ${plain(REMEMBERED[table].since)} <= ${at}
    UNION ALL SELECT ${columns} FROM ${plain(`${table}_history`)} x
    WHERE ${which} AND x.known_from <= ${at} AND x.known_to > ${at})`
}

/**
 * Who was whose customer: the pairs of `provider_id` and `customer_id` between whom something was known.
 *
 * @param which as in {@link rowsAsOf}; `x.provider_id` may be asked for, too
 */
export function pairsAsOf(which: Sql, at: Date): Sql {
  const parts = BETWEEN.map(
    (table) => sql`SELECT y.provider_id, y.customer_id
      FROM ${rowsAsOf(table, sql`${which} AND x.provider_id IS NOT NULL`, at)} y`,
  )
  return sql`(${joined(parts, ' UNION ')})`
}

/** The earlier version `h` of a customer `c` that held at an instant, where the row of today did not yet. */
export const customerVersion = (at: Date): Sql => sql`LEFT JOIN customers_history h ON h.customer_id = c.id
  AND c.known_from > ${at} AND COALESCE(h.known_from, ${'1000-01-01'}) <= ${at} AND h.known_to > ${at}`

/** A column of a customer at an instant; needs {@link customerVersion}. */
export const customerAsOf = (column: string, at: Date): Sql =>
  sql`CASE WHEN c.known_from > ${at} THEN ${plain(`h.${column}`)} ELSE ${plain(`c.${column}`)} END`

/** Since when each fact `q` of a customer makes them known at the latest. */
export const MET = [
  ['bookings', 'LEAST(q.starts_at, COALESCE(q.booked_at, q.starts_at))'],
  ['payments', 'q.paid_at'],
  ['reviews', 'q.reviewed_at'],
  ['interactions', 'q.at'],
  ['memberships', 'DATE_SUB(CAST(q.valid_from AS DATETIME(3)), INTERVAL 1 DAY)'],
] as const

/** Whether a customer was known at an instant; needs {@link customerVersion}. */
export function wasKnown(at: Date): Sql {
  const met = joined(
    [
      sql`c.created_at <= ${at}`,
      sql`c.joined_at <= ${at}`,
      ...MET.map(
        ([table, when]) =>
          sql`EXISTS (SELECT 1 FROM ${plain(table)} q WHERE q.customer_id = c.id AND ${plain(when)} <= ${at})`,
      ),
    ],
    ' OR ',
  )
  return sql`COALESCE(CASE
    WHEN c.known_from > ${at} THEN h.customer_id IS NOT NULL AND (h.known_from IS NOT NULL OR ${met})
    WHEN c.known_from IS NULL THEN c.known AND (${met}) ELSE c.known END, 0)`
}

/** Whether a suppression `q` of a customer `c` was there at an instant. */
export function wasSuppressed(which: Sql, at: Date): Sql {
  return sql`(EXISTS (SELECT 1 FROM suppressions q WHERE q.customer_id = c.id AND ${which} AND q.created_at <= ${at})
    OR EXISTS (SELECT 1 FROM suppressions_history q
      WHERE q.customer_id = c.id AND ${which} AND q.known_from <= ${at} AND q.known_to > ${at}))`
}

/** What stood decided by hand about a customer `c` at an instant: 1, 0, or NULL where the rule decided. */
export function wasByHand(segment: number, provider: Sql, at: Date): Sql {
  const whose = sql`o.segment_id = ${segment} AND o.provider_id = ${provider} AND o.customer_id = c.id`
  return sql`COALESCE(
    (SELECT o.is_in FROM segment_overrides o WHERE ${whose} AND o.decided_at <= ${at}),
    (SELECT o.is_in FROM segment_overrides_history o WHERE ${whose} AND o.known_from <= ${at} AND o.known_to > ${at}))`
}

/** The condition that a provider `p` is none of those who had not arrived. */
export const hadArrived = (waiting: readonly number[], provider: Sql): Sql =>
  waiting.length === 0 ? plain('TRUE') : sql`${provider} NOT IN ${listed(waiting)}`
