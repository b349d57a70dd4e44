import { type Database, rows } from '../database.ts'

/** What waits for how long, in seconds; 0 where nothing does. */
export type Delays = {
  /** The oldest change that no refresh of the segments has taken up. */
  refresh: number
  /** The moment longest past at which time alone changes an answer, without a refresh. */
  flips: number
  /** The oldest workflow that Temporal has not been told of. */
  outbox: number
  /** The message longest due of a campaign that is sending. */
  sending: number
  /** The customer longest due at a step of an automation that is not paused. */
  automations: number
  /** The oldest event that no endpoint was given, or the call longest due of an endpoint that takes them. */
  webhooks: number
}

/**
 * How far behind the clock the business's queues are. Each part reads the end of an index; the last three as many entries
 * as campaigns send, automations run and endpoints are told: for a look every 15 s, not for each call.
 */
export async function readDelays(db: Database, now: Date): Promise<Delays> {
  const [row] = await rows<Record<keyof Delays | 'events', Date | null>>(
    db,
    `SELECT
       (SELECT marked_at FROM dirty_relationships ORDER BY id LIMIT 1) AS refresh,
       (SELECT MIN(flip_at) FROM relationships WHERE flip_at <= ?) AS flips,
       (SELECT MIN(created_at) FROM workflow_outbox) AS outbox,
       (SELECT MIN(d.due_at) FROM campaigns c JOIN deliveries d ON d.campaign_id = c.id AND d.state = 'queued'
        WHERE c.state = 'sending' AND d.due_at <= ?) AS sending,
       (SELECT MIN(e.due_at) FROM automations a JOIN enrolments e ON e.automation_id = a.id AND e.state = 'active'
        WHERE a.state = 'live' AND e.stands IN ('ready', 'waiting') AND e.due_at <= ?) AS automations,
       (SELECT MIN(c.due_at) FROM webhook_endpoints w JOIN webhook_calls c ON c.endpoint_id = w.id AND c.state = 'queued'
        WHERE w.state = 'on' AND w.failing_since IS NULL AND c.due_at <= ?) AS webhooks,
       (SELECT at FROM webhook_events WHERE distributed = 0 ORDER BY id LIMIT 1) AS events`,
    [now, now, now, now],
  )
  const seconds = (since: Date | null | undefined) =>
    since === null || since === undefined ? 0 : Math.max(0, (now.getTime() - since.getTime()) / 1_000)
  return {
    refresh: seconds(row?.refresh),
    flips: seconds(row?.flips),
    outbox: seconds(row?.outbox),
    sending: seconds(row?.sending),
    automations: seconds(row?.automations),
    webhooks: Math.max(seconds(row?.webhooks), seconds(row?.events)),
  }
}
