import { publishVersion } from '../../domain/automations/publishVersion.ts'
import { readAgenda } from '../../domain/automations/readAgenda.ts'
import { type ActiveKind, runStep } from '../../domain/automations/runStep.ts'
import { ACTABLE } from '../../domain/automations/standing.ts'
import { nextStep } from '../../domain/campaigns/nextStep.ts'
import { type Database, execute, rows } from '../../domain/database.ts'
import type { Channel, Notice, Sms } from '../../domain/deliveries/channels/channel.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { transact } from '../../domain/retry.ts'
import { refreshOnce } from '../../domain/segments/refreshWhileBusy.ts'
import type { Automation } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import type { Clock } from './playCampaign.ts'
import { attempt } from './sending.ts'

/** An automation that is live. @returns our own id */
export async function automationOf(
  db: Database,
  definition: Automation,
  now: Date,
  key = 'automation',
): Promise<number> {
  const { mistakes } = checkAutomation(definition)
  if (mistakes !== undefined) throw new Error(JSON.stringify(mistakes))
  return transact(db, async (trx) => {
    const row = { key, name: key, state: 'draft', created_at: now, updated_at: now }
    const [id = 0] = await trx('automations').insert(row)
    await publishVersion(trx, id, { definition, by: null }, now)
    return id
  })
}

/** A published template that says hello. */
export async function templateOf(db: Database, key: string, now: Date, html = '<p>Hello</p>'): Promise<void> {
  const [id = 0] = await db('templates').insert({
    key,
    name: key,
    channel: 'email',
    language: 'en',
    version: 1,
    created_at: now,
    updated_at: now,
  })
  await db('template_versions').insert({
    template_id: id,
    version: 1,
    mjml: '',
    subject: key,
    preheader: '',
    test_data: '{}',
    html,
    plain: 'Hello',
    links: '[]',
    answers: '[]',
    created_at: now,
  })
}

type Playing = {
  clock: Clock
  channel: Channel
  /** What goes to telephones and browsers; nothing does without them. */
  short?: { sms: Channel<Sms>; push: Channel<Notice> }
  onInstant?: (now: Date) => Promise<void>
}

/** Everything that is due at an instant, where nothing is paused; days that begin are not among it. */
export const DUE_AT = `
  SELECT e.due_at AS at FROM enrolments e JOIN automations a ON a.id = e.automation_id AND a.state <> 'paused'
  WHERE e.state = 'active' AND e.stands IN ('ready', 'waiting') AND e.due_at IS NOT NULL
  UNION ALL SELECT d.due_at FROM deliveries d JOIN campaigns c ON c.id = d.campaign_id AND c.state <> 'paused'
  WHERE d.state = 'queued'
  UNION ALL SELECT due_at FROM automation_arrivals
  UNION ALL SELECT flip_at FROM relationships WHERE flip_at IS NOT NULL
  UNION ALL SELECT next_date_at FROM automations WHERE state = 'live' AND next_date_at IS NOT NULL`

/** The same with days that begin as in UTC. */
const DUE = `${DUE_AT}
  UNION ALL SELECT CAST(flip_on AS DATETIME(3)) FROM relationships WHERE flip_on IS NOT NULL`

/** When something is due next after an instant; null when nothing is. Days begin as in UTC. */
export async function nextDue(db: Database, now: Date): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(db, `SELECT MIN(x.at) AS at FROM (${DUE}) x WHERE x.at > ?`, [now])
  return row?.at ?? null
}

/**
 * Does everything that is to be done at one instant, as the workflows do: refreshes, lets enter, acts at steps, sends.
 *
 * @returns when something is due next; null when nothing is
 */
export async function settle(db: Database, { clock, channel, short }: Playing): Promise<Date | null> {
  for (let rounds = 0; rounds < 500; rounds++) {
    const next = await refreshOnce(db, clock.now)
    let busy = false
    const cohorts = await rows<{ id: number }>(
      db,
      `SELECT DISTINCT e.cohort_id AS id FROM enrolments e WHERE e.state = 'active' AND ${ACTABLE} ORDER BY e.cohort_id`,
      [clock.now],
    )
    for (const { id } of cohorts) {
      for (const { step, kind } of (await readAgenda(db, id, clock.now)).now) {
        busy = true
        const parts = { email: channel, clock: () => clock.now, privateWebhooks: true, stop: () => false }
        await runStep(db, kind as ActiveKind, { cohort: id, step }, parts)
      }
    }
    const campaigns = await rows<{ id: number }>(
      db,
      "SELECT DISTINCT campaign_id AS id FROM deliveries WHERE state IN ('queued', 'sending') ORDER BY campaign_id",
    )
    for (const { id } of campaigns) {
      if ((await nextStep(db, id, clock.now)).step !== 'deliver') continue
      busy = true
      const trying = attempt(channel, () => clock.now)
      await deliverDue(db, id, { ...trying, channels: { ...trying.channels, ...short } })
    }
    const dirty = await rows(db, 'SELECT 1 FROM dirty_relationships LIMIT 1')
    if (busy || dirty.length > 0) continue
    await execute(db, 'DELETE FROM workflow_outbox')
    const others = await nextDue(db, clock.now)
    const ahead = [next, others].flatMap((at) => (at !== null && at > clock.now ? [at.getTime()] : []))
    return ahead.length === 0 ? null : new Date(Math.min(...ahead))
  }
  throw new Error('It never settles')
}

/** Jumps with the clock from one instant at which something is due to the next one, up to an instant. */
export async function playUntil(db: Database, until: Date, playing: Playing): Promise<void> {
  for (let jumps = 0; jumps < 50_000; jumps++) {
    const next = await settle(db, playing)
    if (next === null || next > until) break
    playing.clock.now = next
  }
  playing.clock.now = until
  await settle(db, playing)
}

/** The way of each enrolment, in the order of entering: `step outcome instant`, and how it stands; of one automation by its key. */
export async function waysOf(
  db: Database,
  key?: string,
): Promise<{ customer: string; state: string; way: string[] }[]> {
  const enrolments = await rows<{ id: number; customer: string; state: string; reason: string | null; step: string }>(
    db,
    `SELECT e.id, c.external_id AS customer, e.state, e.reason, e.step FROM enrolments e
     JOIN customers c ON c.id = e.customer_id JOIN automations a ON a.id = e.automation_id
     WHERE ? IN ('', a.key) ORDER BY e.entered_at, c.id, e.id`,
    [key ?? ''],
  )
  const steps = await rows<{ enrolment_id: number; step: string; left_at: Date; outcome: string }>(
    db,
    'SELECT enrolment_id, step, left_at, outcome FROM enrolment_steps ORDER BY enrolment_id, turn',
  )
  return enrolments.map(({ id, customer, state, reason, step }) => ({
    customer,
    state: state === 'active' ? `at ${step}` : reason === null ? state : `${state} ${reason}`,
    way: steps
      .filter(({ enrolment_id }) => enrolment_id === id)
      .map((one) => `${one.step} ${one.outcome} ${one.left_at.toISOString().slice(0, 16)}`),
  }))
}
