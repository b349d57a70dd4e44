import { type Database, rows } from '../database.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Audience } from './criteria.ts'
import type { LeftOutReason } from './leftOut.ts'
import { type Held, verdictsSql } from './verdicts.ts'

/** How many would get a campaign, and how many are left out by reason. */
export type Expected = { total: number; left_out: Partial<Record<LeftOutReason, number>> }

/** Counts as preflight does, and names nobody. */
export async function countVerdicts(db: Database, audience: Audience, held: Held): Promise<Expected> {
  const { mailUnknownConsent } = await readSettings(db)
  const verdicts = verdictsSql(audience, mailUnknownConsent, held)
  const found = await rows<{ reason: LeftOutReason | null; count: number }>(
    db,
    `SELECT w.reason, COUNT(*) AS count FROM (${verdicts.sql}) w GROUP BY w.reason`,
    verdicts.bindings,
  )
  const expected: Expected = { total: 0, left_out: {} }
  for (const { reason, count } of found) {
    if (reason === null) expected.total = count
    else expected.left_out[reason] = count
  }
  return expected
}
