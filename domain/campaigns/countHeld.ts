import { type Database, rows } from '../database.ts'
import { cappedSql } from '../deliveries/frequencyCap.ts'
import { quietUntil } from '../deliveries/quietHours.ts'
import { readSettings } from '../settings/readSettings.ts'
import type { Audience } from './criteria.ts'
import { type Held as Holdout, verdictsSql } from './verdicts.ts'

/** Recipients who would get a message later than the others, and why; `until` where it is the same instant for all. */
export type HeldBack = { reason: 'quiet_hours' | 'frequency_cap'; count: number; until: Date | null }

/**
 * How many of an audience's recipients would be held if it went at an instant: all of them in quiet hours, and those who
 * have had enough messages lately.
 *
 * @param recipients how many there are, as preflight counts them
 */
export async function countHeld(
  db: Database,
  audience: Audience,
  { recipients, holdout }: { recipients: number; holdout?: Holdout },
  at: Date,
): Promise<HeldBack[]> {
  const settings = await readSettings(db)
  const held: HeldBack[] = []
  const until = quietUntil(settings, at)
  if (until !== null && recipients > 0) held.push({ reason: 'quiet_hours', count: recipients, until })
  if (settings.frequencyCap === null) return held
  const verdicts = verdictsSql(audience, settings.mailUnknownConsent, holdout)
  const capped = cappedSql(settings.frequencyCap, at)
  const [row] = await rows<{ count: number }>(
    db,
    `SELECT COUNT(*) AS count FROM (${verdicts.sql}) w JOIN (${capped.sql}) k ON k.customer_id = w.customer_id
     WHERE w.reason IS NULL`,
    [...verdicts.bindings, ...capped.bindings],
  )
  const count = row?.count ?? 0
  return count === 0 ? held : [...held, { reason: 'frequency_cap', count, until: null }]
}
