import type { Automation } from '../../rules/automations/automation.ts'
import { fits } from '../../rules/automations/fits.ts'
import { outlookOf } from '../../rules/automations/outlook.ts'
import { stepsOf, Walk } from '../../rules/automations/steps.ts'
import { addDays } from '../../rules/time.ts'
import { canonical } from '../../rules/warnings/canonical.ts'
import { type Database, fromJson, rows } from '../database.ts'
import { type Moment, momentAt } from '../segments/moment.ts'
import { requireProvider } from '../segments/requireProvider.ts'
import { whoseDateIs } from './dates.ts'
import { GiftCosts } from './dryRun/giftCosts.ts'
import { countHappened } from './dryRun/occurrences.ts'
import { countEntrants, whomToEnrol } from './entering/countEntrants.ts'

type Preview = {
  entersNow: number | null
  insideNow: number
  usualDay: { customers: number; days: number } | null
  firstMessagesAt: Date | null
  messagesEach: { least: number; most: number }
  liabilityEach: number | null
  others: { id: string; name: string; customers: number | null }[]
}

const DAYS = 30
const DAY = 86_400_000

/**
 * What switching a definition on would mean, before it is done.
 *
 * @param own our id of the automation that it is of; 0 for one that nobody has kept yet
 * @param provider the caller's id: only for this provider
 */
export async function previewAutomation(
  db: Database,
  definition: Automation,
  { own, provider }: { own: number; provider?: string | undefined },
  now: Date,
): Promise<Preview> {
  const moment = await momentAt(db, now)
  const providerId = provider === undefined ? 0 : await requireProvider(db, provider, '/provider')
  const costs = new GiftCosts(db, definition, moment)
  const known = new Map<string, number | null>()
  for (const step of costs.steps) known.set(step, await costs.of(step, providerId))
  const outlook = outlookOf(definition, now, moment.timeZone, (step) => known.get(step) ?? null)
  return {
    entersNow: await entersNow(db, definition, own, provider, now),
    insideNow: await insideNow(db, own),
    usualDay: await usualDay(db, definition, moment),
    firstMessagesAt: outlook.firstMessageAt,
    messagesEach: outlook.messages,
    liabilityEach: costs.steps.length === 0 ? 0 : outlook.cost,
    others: await othersTo(db, definition, own),
  }
}

async function entersNow(
  db: Database,
  definition: Automation,
  own: number,
  provider: string | undefined,
  now: Date,
): Promise<number | null> {
  if (definition.when.on !== 'enters_segment') return null
  const version = { automationId: own, key: '', name: '', version: 0, definition, walk: new Walk(definition) }
  const pairs = await whomToEnrol(db, version, { trigger: true, provider })
  return (await countEntrants(db, version, pairs, now)).entering.length
}

async function insideNow(db: Database, own: number): Promise<number> {
  const sql = "SELECT COUNT(*) AS n FROM enrolments WHERE automation_id = ? AND state = 'active'"
  const [row] = await rows<{ n: number }>(db, sql, [own])
  return row?.n ?? 0
}

/** How many the trigger caught on a day, as the mean of the last days of which anything is known. */
async function usualDay(db: Database, { when }: Automation, moment: Moment): Promise<Preview['usualDay']> {
  const { now, today, timeZone } = moment
  const since = new Date(now.getTime() - DAYS * DAY)
  if (when.on === 'by_hand') return null
  if (when.on === 'date') {
    let count = 0
    for (let n = 0; n < DAYS; n += 1) {
      const those = await whoseDateIs(db, when.of, addDays(today, -n - when.days))
      count += new Set(those.map(({ customerId }) => customerId)).size
    }
    return { customers: count / DAYS, days: DAYS }
  }
  if (when.on === 'enters_segment' || when.on === 'leaves_segment') {
    const [row] = await rows<{ n: number; first: Date | null }>(
      db,
      `SELECT COUNT(CASE WHEN t.entered = ? AND t.cause IN ('event', 'time', 'by_hand') THEN 1 END) AS n, MIN(t.at) AS first
       FROM segment_transitions t JOIN segments s ON s.id = t.segment_id WHERE s.\`key\` = ? AND t.at > ?`,
      [when.on === 'enters_segment' ? 1 : 0, when.segment, since],
    )
    if (row === undefined || row.first === null) return null
    const days = Math.max(1, Math.min(DAYS, Math.ceil((now.getTime() - row.first.getTime()) / DAY)))
    return { customers: row.n / days, days }
  }
  const found = await countHappened(db, when.on, { from: since, to: now, timeZone })
  const count = found.reduce((sum, { count: n, ...it }) => sum + (fits(when, it) ? n : 0), 0)
  return { customers: count / DAYS, days: DAYS }
}

/** Other automations that are on and write to the same people: they begin with the same, or have some of them inside. */
async function othersTo(db: Database, definition: Automation, own: number): Promise<Preview['others']> {
  const live = await rows<{ id: number; key: string; name: string; definition: string }>(
    db,
    `SELECT a.id, a.\`key\`, a.name, v.definition FROM automations a
     JOIN automation_versions v ON v.automation_id = a.id AND v.version = a.version
     WHERE a.state IN ('live', 'paused') AND a.id <> ? ORDER BY a.name`,
    [own],
  )
  const writing = live.filter((row) => {
    const other = fromJson<Automation>(row.definition)
    return other !== null && stepsOf(other).some(({ step }) => 'send' in step)
  })
  const { when } = definition
  const inside = when.on === 'enters_segment' ? await membersInside(db, when.segment) : new Map<number, number>()
  return writing.flatMap(({ id, key, name, definition: json }) => {
    const same = canonical({ value: fromJson<Automation>(json)?.when }) === canonical({ value: when })
    const customers = inside.get(id) ?? null
    return same || customers !== null ? [{ id: key, name, customers }] : []
  })
}

/** How many members of a segment are inside each automation. */
async function membersInside(db: Database, segment: string): Promise<Map<number, number>> {
  const found = await rows<{ automation_id: number; n: number }>(
    db,
    `SELECT e.automation_id, COUNT(DISTINCT e.customer_id) AS n FROM segments s
     JOIN segment_members m ON m.segment_id = s.id
     JOIN enrolments e ON e.customer_id = m.customer_id AND e.state = 'active'
     WHERE s.\`key\` = ? GROUP BY e.automation_id`,
    [segment],
  )
  return new Map(found.map(({ automation_id: id, n }) => [id, n]))
}
