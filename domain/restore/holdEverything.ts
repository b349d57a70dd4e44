import { pauseAutomation } from '../automations/steerAutomation.ts'
import { pauseCampaign } from '../campaigns/steerCampaign.ts'
import { type Database, rows } from '../database.ts'

/** The names of what was paused. */
export type Held = { campaigns: string[]; automations: string[] }

/** Who paused it, for the record. */
const BY = 'restore'

/**
 * Pauses every campaign and automation that would send. A restored database does not know what was sent after its backup, and
 * would send it again: somebody who knows resumes them one by one.
 */
export async function holdEverything(db: Database, now: Date): Promise<Held> {
  const automations = await rows<{ key: string; name: string }>(
    db,
    "SELECT `key`, name FROM automations WHERE state = 'live' ORDER BY name",
  )
  for (const { key } of automations) await pauseAutomation(db, key, now)
  const campaigns = await rows<{ id: number; name: string }>(
    db,
    `SELECT id, COALESCE(name, '') AS name FROM campaigns
     WHERE automation_id IS NULL AND state IN ('scheduled', 'preparing', 'sending') ORDER BY id`,
  )
  for (const { id } of campaigns) await pauseCampaign(db, id, now, BY)
  return {
    campaigns: campaigns.map(({ id, name }) => name || `campaign ${id}`),
    automations: automations.map(({ name }) => name),
  }
}
