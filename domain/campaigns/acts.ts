import { type Database, execute, fromJson, rows } from '../database.ts'

/** What somebody does to a campaign, or what becomes of it by itself, that others want to look up. */
type Act =
  | 'made'
  | 'edited'
  | 'approval_needed'
  | 'approval_voided'
  | 'approved'
  | 'paused'
  | 'resumed'
  | 'cancelled'
  | 'winner_chosen'
  | 'contact_removed'

export type NotedAct = { act: Act; at: Date; by: string | null; detail: Record<string, unknown> | null }

/** Notes who did what to a campaign, in the transaction that does it. `by` is null for what comes by itself. */
export async function noteAct(
  trx: Database,
  campaign: number,
  { act, at, by, detail }: Omit<NotedAct, 'detail'> & { detail?: Record<string, unknown> },
): Promise<void> {
  const sql = 'INSERT INTO campaign_acts (campaign_id, act, at, acted_by, detail) VALUES (?, ?, ?, ?, ?)'
  await execute(trx, sql, [campaign, act, at, by, detail === undefined ? null : JSON.stringify(detail)])
}

/** As many as anybody looks at. */
const LONGEST = 500

/** What was done to a campaign, in order. */
export async function listActs(db: Database, campaign: number): Promise<NotedAct[]> {
  const found = await rows<{ act: Act; at: Date; acted_by: string | null; detail: string | null }>(
    db,
    `SELECT act, at, acted_by, detail FROM campaign_acts WHERE campaign_id = ? ORDER BY id LIMIT ${LONGEST}`,
    [campaign],
  )
  return found.map(({ act, at, acted_by, detail }) => ({ act, at, by: acted_by, detail: fromJson(detail) }))
}
