import { publishVersion } from '../../domain/automations/publishVersion.ts'
import { readAgenda } from '../../domain/automations/readAgenda.ts'
import { type ActiveKind, runStep } from '../../domain/automations/runStep.ts'
import { ACTABLE } from '../../domain/automations/standing.ts'
import { nextStep } from '../../domain/campaigns/nextStep.ts'
import { type Database, execute, fromJson, rows } from '../../domain/database.ts'
import type { Channel, Notice, Sms } from '../../domain/deliveries/channels/channel.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { transact } from '../../domain/retry.ts'
import { earlierOf } from '../../domain/segments/moment.ts'
import { refreshOnce } from '../../domain/segments/refreshWhileBusy.ts'
import { readSettings } from '../../domain/settings/readSettings.ts'
import type { Automation } from '../../rules/automations/automation.ts'
import { checkAutomation } from '../../rules/automations/check.ts'
import { type Day, dayOf } from '../../rules/time.ts'
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

/** When something is due next after an instant; null when nothing is. Days begin where the business is. */
export async function nextDue(db: Database, now: Date): Promise<Date | null> {
  const { timeZone } = await readSettings(db)
  const [row] = await rows<{ at: Date | null; day: Day | null }>(
    db,
    `SELECT MIN(x.at) AS at, (SELECT MIN(flip_on) FROM relationships WHERE flip_on > ?) AS day
     FROM (${DUE_AT}) x WHERE x.at > ?`,
    [dayOf(now, timeZone), now],
  )
  return earlierOf(row?.at ?? null, row?.day ?? null, timeZone)
}

/** What is to be done at an instant: whether a refresh has anything to do, and for which cohorts and campaigns. */
async function openAt(db: Database, now: Date) {
  const { timeZone } = await readSettings(db)
  const [row] = await rows<{ stale: number; cohorts: string | null; campaigns: string | null }>(
    db,
    `SELECT EXISTS (SELECT 1 FROM dirty_relationships) OR EXISTS (SELECT 1 FROM relationships WHERE flip_at <= ?)
         OR EXISTS (SELECT 1 FROM relationships WHERE flip_on <= ?)
         OR EXISTS (SELECT 1 FROM automation_arrivals WHERE due_at <= ?)
         OR EXISTS (SELECT 1 FROM automations WHERE state = 'live' AND next_date_at <= ?) AS stale,
       (SELECT JSON_ARRAYAGG(e.cohort_id) FROM enrolments e WHERE e.state = 'active' AND ${ACTABLE}) AS cohorts,
       (SELECT JSON_ARRAYAGG(d.campaign_id) FROM deliveries d
        WHERE d.state = 'sending' OR d.state = 'queued' AND d.due_at <= ?) AS campaigns`,
    [now, dayOf(now, timeZone), now, now, now, now],
  )
  const ids = (list: string | null | undefined) =>
    [...new Set(fromJson<number[]>(list ?? null) ?? [])].sort((one, other) => one - other)
  return { stale: row?.stale === 1, cohorts: ids(row?.cohorts), campaigns: ids(row?.campaigns) }
}

const isDirty = async (db: Database) => (await rows(db, 'SELECT 1 FROM dirty_relationships LIMIT 1')).length > 0

/**
 * Does everything that is to be done at one instant, as the workflows do: refreshes, lets enter, acts at steps, sends. What
 * a step changes is refreshed before the next one. Of the cohorts the first to have entered comes first.
 *
 * @returns when something is due next; null when nothing is
 */
export async function settle(db: Database, { clock, channel, short }: Playing): Promise<Date | null> {
  for (let rounds = 0; rounds < 500; rounds++) {
    let open = await openAt(db, clock.now)
    if (open.stale) {
      await refreshOnce(db, clock.now)
      open = await openAt(db, clock.now)
    }
    let busy = false
    for (const id of open.cohorts) {
      for (const { step, kind } of (await readAgenda(db, id, clock.now)).now) {
        busy = true
        const parts = { email: channel, clock: () => clock.now, privateWebhooks: true, stop: () => false }
        await runStep(db, kind as ActiveKind, { cohort: id, step }, parts)
        if (await isDirty(db)) await refreshOnce(db, clock.now)
      }
    }
    const { campaigns } = open.cohorts.length === 0 ? open : await openAt(db, clock.now)
    for (const id of campaigns) {
      if ((await nextStep(db, id, clock.now)).step !== 'deliver') continue
      busy = true
      const trying = attempt(channel, () => clock.now)
      await deliverDue(db, id, { ...trying, channels: { ...trying.channels, ...short } })
    }
    if (busy || (await isDirty(db))) continue
    if (rounds > 0) await execute(db, 'DELETE FROM workflow_outbox')
    return nextDue(db, clock.now)
  }
  throw new Error('It never settles')
}

/**
 * Jumps with the clock from one instant at which something is due to the next one, up to an instant.
 *
 * @param last false where something is to happen at that instant first: then nothing is done there yet
 */
export async function playUntil(db: Database, until: Date, playing: Playing, { last = true } = {}): Promise<void> {
  for (let jumps = 0; jumps < 50_000; jumps++) {
    const next = await settle(db, playing)
    if (next === null || next > until || (!last && next.getTime() === until.getTime())) break
    playing.clock.now = next
  }
  playing.clock.now = until
  if (last) await settle(db, playing)
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
