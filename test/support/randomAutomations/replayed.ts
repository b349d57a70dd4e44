import { runDryRun } from '../../../domain/automations/dryRun/runDryRun.ts'
import { type Database, fromJson, rows } from '../../../domain/database.ts'
import type { Event } from '../../../rules/automations/simulate.ts'
import { dayOf } from '../../../rules/time.ts'
import { automationOf, templateOf } from '../automations.ts'
import { randomFrom } from '../random.ts'
import { recordingChannel } from '../sending.ts'
import { randomAutomation } from './automation.ts'
import { randomLives } from './life.ts'
import { emptyBusiness, playLives, type startHook } from './play.ts'
import { PROVIDERS, randomSegments, STATUS_RULES } from './rules.ts'
import { TIMES } from './sideBySide.ts'

const CUSTOMERS = 5
const DAYS = 7

/** One way: of whom, from when, what was done, and how it ended when. */
type Way = { whose: string; end: string; done: string[] }

/**
 * Lets random automations run side by side over random lives; then replays each over the days that were lived.
 *
 * @returns for each automation the ways that were gone and those that the replay tells of
 */
export async function replayLived(
  db: Database,
  run: number,
  { automations, hook }: { automations: number; hook: Awaited<ReturnType<typeof startHook>> },
) {
  const random = randomFrom(run)
  const { timeZone, from } = TIMES[run % TIMES.length] ?? TIMES[0]
  const business = { timeZone, providers: PROVIDERS, segments: randomSegments(random), statuses: STATUS_RULES }
  const clock = { now: from }
  const { channel } = recordingChannel()
  const customers = automations * CUSTOMERS
  await emptyBusiness(db, { customers, together: CUSTOMERS, business, quiet: null, cap: null }, from)
  await templateOf(db, 'hello', from)
  const made = []
  const lives = []
  for (let n = 0; n < automations; n++) {
    const one = randomAutomation(random, n, business.segments, { hook: hook.url, still: true })
    made.push({ ...one, id: await automationOf(db, one.automation, from, `a${n}`) })
    const those = randomLives(random, n, { words: one.words, from, days: DAYS, people: CUSTOMERS, known: true })
    for (const [c, life] of those.entries()) lives.push({ customer: `c${n * CUSTOMERS + c}`, life })
  }
  const until = new Date(from.getTime() + (DAYS + 1) * 86_400_000)
  await playLives(db, lives, { clock, channel }, until)
  const day = (at: Date) => Date.parse(dayOf(at, timeZone)) / 86_400_000
  const days = day(until) - day(from) + 1
  const compared = []
  for (const [n, { id, automation }] of made.entries()) {
    const row = { automation_id: id, definition: JSON.stringify(automation), days, asked_at: until, created_by: 'me' }
    const [asked = 0] = await db('dry_runs').insert({ ...row, state: 'running' })
    await runDryRun(db, asked, () => until)
    const [{ state, result } = { state: '', result: null }] = await rows<{ state: string; result: string | null }>(
      db,
      'SELECT state, result FROM dry_runs WHERE id = ?',
      [asked],
    )
    const context = { run, automation, lives: lives.slice(n * CUSTOMERS, (n + 1) * CUSTOMERS) }
    const cost = fromJson<{ cost_at_most: number | null }>(result)?.cost_at_most ?? null
    compared.push({ context, state, cost, gone: await waysGone(db, id), told: await waysTold(db, asked) })
  }
  return compared
}

const named = (step: string, at: Date | string) => `${step.replace(/:.*/, '')}@${new Date(at).toISOString()}`
const ended = (end: string, at: Date | null) => (at === null ? 'inside' : `${end}@${at.toISOString()}`)

async function waysGone(db: Database, automation: number): Promise<Way[]> {
  const enrolments = await rows<{
    id: number
    customer: string
    provider: number
    entered: Date
    ended: Date | null
    end: string
  }>(
    db,
    `SELECT e.id, c.external_id AS customer, e.provider_id AS provider, e.entered_at AS entered, e.ended_at AS ended,
       COALESCE(e.reason, e.state) AS end
     FROM enrolments e JOIN customers c ON c.id = e.customer_id WHERE e.automation_id = ?
     ORDER BY e.entered_at, c.id, e.provider_id`,
    [automation],
  )
  const done = await rows<{ id: number; step: string; at: Date }>(
    db,
    `SELECT s.enrolment_id AS id, s.step, s.left_at AS at FROM enrolment_steps s
     WHERE s.automation_id = ? AND s.outcome IN ('sent', 'given') ORDER BY s.enrolment_id, s.turn`,
    [automation],
  )
  return enrolments.map(({ id, customer, provider, entered, ended: at, end }) => ({
    whose: `${customer}/${provider}@${entered.toISOString()}`,
    end: ended(end, at),
    done: done.filter((one) => one.id === id).map((one) => named(one.step, one.at)),
  }))
}

async function waysTold(db: Database, run: number): Promise<Way[]> {
  const found = await rows<{
    customer: string
    provider: number
    entered: Date
    ended: Date | null
    reason: string | null
    events: string
  }>(
    db,
    `SELECT c.external_id AS customer, w.provider_id AS provider, w.entered_at AS entered, w.ended_at AS ended, w.reason,
       w.events
     FROM dry_run_ways w JOIN customers c ON c.id = w.customer_id WHERE w.dry_run_id = ?
     ORDER BY w.entered_at, c.id, w.provider_id`,
    [run],
  )
  return found.map(({ customer, provider, entered, ended: at, reason, events }) => ({
    whose: `${customer}/${provider}@${entered.toISOString()}`,
    end: ended(reason ?? '', at),
    done: (fromJson<Event[]>(events) ?? []).flatMap(({ what, step, at: when }) =>
      (what === 'sent' || what === 'gave') && step !== null ? [named(step, when)] : [],
    ),
  }))
}
