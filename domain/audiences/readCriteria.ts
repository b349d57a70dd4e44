import type { Rule } from '../../rules/rule.ts'
import type { Criteria } from '../campaigns/criteria.ts'
import type { CustomerFilter } from '../customers/filter.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'

/** What an audience was made from, as it was then. */
export type AudienceCriteria = {
  /** Null for customers who were picked, or named in a list. */
  segment: { id: string; name: string; version: number; rule: Rule } | null
  provider: { id: string; name: string } | null
  filter: CustomerFilter
  /** The statuses that were asked for; empty for all. */
  status: ('lead' | 'customer' | 'vip')[]
  /** Of a search: in which segment it looked, of whichever provider. */
  within: { id: string; name: string } | null
  /** How many customers were picked or named; null for a segment. */
  picked: number | null
  holdout: number
  frozenAt: Date
}

type Row = {
  criteria: string
  segment_key: string | null
  segment_name: string | null
  rule: string | null
  rule_version: number | null
  provider: string | null
  provider_name: string | null
  holdout: number
  created_at: Date
}

/**
 * The criteria of an audience. The segment may have another rule by now, or be gone: what is told is what the audience
 * was frozen with.
 *
 * @throws Problem `not_found`
 */
export async function readCriteria(db: Database, audience: number): Promise<AudienceCriteria> {
  const [row] = await rows<Row>(
    db,
    `SELECT a.criteria, a.segment_key, a.segment_name, a.rule, a.rule_version, p.external_id AS provider,
       p.name AS provider_name, m.holdout, a.created_at
     FROM audiences a JOIN campaigns m ON m.id = a.campaign_id LEFT JOIN providers p ON p.id = m.provider_id
     WHERE a.id = ?`,
    [audience],
  )
  if (row === undefined) throw new Problem('not_found', `There is no audience ${audience}`)
  const { filter, search, customers } = fromJson<Criteria>(row.criteria) ?? {}
  const { segment: within, ...found } = search ?? {}
  const { status, ...narrowed } = { ...filter, ...found }
  return {
    segment: toSegment(row),
    provider: row.provider === null ? null : { id: row.provider, name: row.provider_name ?? row.provider },
    filter: narrowed,
    status: [...(status ?? [])] as AudienceCriteria['status'],
    within: within === undefined ? null : await nameSegment(db, within),
    picked: customers?.length ?? null,
    holdout: row.holdout,
    frozenAt: row.created_at,
  }
}

function toSegment({ segment_key: id, segment_name: name, rule, rule_version: version }: Row) {
  const tree = fromJson<Rule>(rule)
  if (id === null || name === null || tree === null || version === null) return null
  return { id, name, version, rule: tree }
}

/** One that is gone is called by its id. */
async function nameSegment(db: Database, id: string): Promise<{ id: string; name: string }> {
  const [found] = await rows<{ name: string }>(db, 'SELECT name FROM segments WHERE `key` = ?', [id])
  return { id, name: found?.name ?? id }
}
