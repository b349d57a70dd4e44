import { attributeAnew } from '../attribution/attributeBookings.ts'
import { type Database, execute, fromJson, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { markSteps } from '../deliveries/markSteps.ts'
import { transact } from '../retry.ts'
import { machineOf, type Visit } from './machineOf.ts'
import type { MachineRule } from './machineRules.ts'

/** A history stays readable however often a machine fetches a link; the last lines are kept for people. */
const MAX_EVENTS = 200
const MAX_MACHINE_EVENTS = 100
/** So far back a burst may have begun, in milliseconds. */
const BURST = 10_000

type Row = { state: string; attempts: number; sent_at: Date | null; opened_at: Date | null; clicked_at: Date | null }
type Event = { id: number; type: 'opened' | 'clicked'; at: Date; detail: string | null; machine: string | null }

/**
 * Takes note that the pixel of a mail was fetched, or a link followed. Whoever sees a mail has got it: what was only sent,
 * or unconfirmed, is delivered from then on. What machines do stands apart, and proves no arrival where the machine looks
 * before the mailbox does. When a burst of clicks turns out to be a machine's, its first ones are put right.
 *
 * @param url click: where it leads
 * @returns whether rules ask for it, so that the upkeep of segments is to be woken
 */
export async function recordVisit(
  db: Database,
  delivery: number,
  visit: Visit & { url?: string },
  now: Date,
): Promise<boolean> {
  return transact(db, async (trx) => {
    const sql = 'SELECT state, attempts, sent_at, opened_at, clicked_at FROM deliveries WHERE id = ? FOR UPDATE'
    const [row] = await rows<Row>(trx, sql, [delivery])
    if (row === undefined) return false
    const recent = await readRecent(trx, delivery, now)
    const rule = machineOf(visit, { beforeAnswer: isBeforeAnswer(row), linksWithin: countLinks(recent, visit, now) })
    const arrived = (rule === null || rule.arrived) && (row.state === 'sent' || row.state === 'unconfirmed')
    const first = rule === null && (visit.type === 'opened' ? row.opened_at : row.clicked_at) === null
    const column = `${rule === null ? '' : 'machine_'}${visit.type}_at`
    await execute(
      trx,
      `UPDATE deliveries SET ${column} = COALESCE(${column}, ?)
       ${arrived ? ", state = 'delivered', reason = NULL, delivered_at = COALESCE(delivered_at, ?)" : ''} WHERE id = ?`,
      arrived ? [now, now, delivery] : [now, delivery],
    )
    const righted = rule?.burst === undefined ? false : await putRight(trx, { delivery, row, recent, rule, now })
    await note(trx, delivery, visit, rule, now)
    return (arrived || first || righted) && (await markSteps(trx, [delivery], now))
  })
}

/** Its mail server has the mail in hand, or has put it off: a scanner may see it, a reader can't. */
const isBeforeAnswer = ({ state, attempts, sent_at }: Row): boolean =>
  sent_at === null && (state === 'sending' || (state === 'queued' && attempts > 0))

function readRecent(trx: Database, delivery: number, now: Date): Promise<Event[]> {
  const since = new Date(now.getTime() - BURST)
  return rows<Event>(
    trx,
    `SELECT id, type, at, detail, machine FROM delivery_events
     WHERE delivery_id = ? AND at >= ? AND type IN ('opened', 'clicked')`,
    [delivery, since],
  )
}

const urlOf = ({ detail }: Event): unknown => fromJson<{ url?: string }>(detail)?.url

const countLinks =
  (recent: readonly Event[], visit: Visit & { url?: string }, now: Date) =>
  (seconds: number): number => {
    const since = now.getTime() - seconds * 1_000
    const urls = recent.filter(({ type, at }) => type === 'clicked' && at.getTime() >= since).map(urlOf)
    return new Set(visit.type === 'clicked' ? [...urls, visit.url] : urls).size
  }

type Burst = { delivery: number; row: Row; recent: readonly Event[]; rule: MachineRule; now: Date }

/** What belongs to a burst and was taken for a person's is the machine's; a person's first visit is another one, or none yet. */
async function putRight(trx: Database, { delivery, row, recent, rule, now }: Burst): Promise<boolean> {
  const since = now.getTime() - (rule.burst?.seconds ?? 0) * 1_000
  const wrong = recent.filter(({ at, machine }) => machine === null && at.getTime() >= since)
  if (wrong.length === 0) return false
  const ids = wrong.map(({ id }) => id)
  await execute(trx, 'UPDATE delivery_events SET machine = ? WHERE id IN (?)', [rule.id, ids])
  let changed = false
  for (const type of ['opened', 'clicked'] as const) {
    const own = wrong.filter((event) => event.type === type)
    const first = row[`${type}_at`]
    const machines = own[0]?.at
    if (machines === undefined || first === null || !own.some(({ at }) => +at === +first)) continue
    await execute(
      trx,
      `UPDATE deliveries SET machine_${type}_at = LEAST(COALESCE(machine_${type}_at, ?), ?), ${type}_at = (
         SELECT MIN(e.at) FROM delivery_events e WHERE e.delivery_id = ? AND e.type = ? AND e.machine IS NULL)
       WHERE id = ?`,
      [first, first, delivery, type, delivery],
    )
    changed = true
  }
  if (changed) await attributeAnew(trx, [delivery])
  return changed
}

async function note(
  trx: Database,
  delivery: number,
  { type, url }: { type: Visit['type']; url?: string },
  rule: MachineRule | null,
  now: Date,
): Promise<void> {
  const [count] = await rows<{ count: number }>(
    trx,
    'SELECT COUNT(*) AS count FROM delivery_events WHERE delivery_id = ?',
    [delivery],
  )
  if ((count?.count ?? 0) >= (rule === null ? MAX_EVENTS : MAX_MACHINE_EVENTS)) return
  const detail = url === undefined ? {} : { detail: { url } }
  await insertEvents(trx, [{ delivery, type, ...detail, ...(rule === null ? {} : { machine: rule.id }) }], now)
}
