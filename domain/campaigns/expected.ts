import { type Database, execute, fromJson, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { countVerdicts } from './countVerdicts.ts'
import { type Criteria, resolveCriteria } from './criteria.ts'
import type { Held } from './verdicts.ts'

/** For how long a count of those who would get a campaign is good enough to be shown, in milliseconds. */
const FRESH = 60_000

type Row = Held & { criteria: string; revision: number }

/**
 * Counts anew who would get a campaign whose audience is not frozen yet, when the last count is old: a page that asks
 * every second must not count a million customers every second, and a list none at all.
 */
export async function refreshExpected(db: Database, campaign: number, now: Date): Promise<void> {
  const [row] = await rows<Row>(
    db,
    `SELECT criteria, seed, holdout, revision FROM campaigns
     WHERE id = ? AND state IN ('draft', 'awaiting_approval', 'scheduled', 'preparing', 'paused')
       AND (expected_at IS NULL OR expected_at < ?)
       AND NOT EXISTS (SELECT 1 FROM audiences a WHERE a.campaign_id = campaigns.id)`,
    [campaign, new Date(now.getTime() - FRESH)],
  )
  if (row === undefined) return
  const expected = await count(db, row)
  if (expected === null) return
  await execute(db, 'UPDATE campaigns SET expected = ?, expected_at = ? WHERE id = ? AND revision = ?', [
    JSON.stringify(expected),
    now,
    campaign,
    row.revision,
  ])
}

/** Null when its segment or provider is gone. */
async function count(db: Database, { criteria, seed, holdout }: Row) {
  try {
    const audience = await resolveCriteria(db, fromJson<Criteria>(criteria) ?? {})
    return await countVerdicts(db, audience, { seed, holdout })
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
