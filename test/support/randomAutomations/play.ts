import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { recordEvents } from '../../../domain/automations/entering/recordEvents.ts'
import { type Database, execute } from '../../../domain/database.ts'
import type { Channel } from '../../../domain/deliveries/channels/channel.ts'
import { ingest } from '../../../domain/ingest/ingest.ts'
import { recomputeSegments } from '../../../domain/segments/recomputeSegment.ts'
import { refreshSegments } from '../../../domain/segments/refreshSegments.ts'
import { recomputeStatuses } from '../../../domain/statuses/recomputeStatuses.ts'
import { setByHand } from '../../../domain/statuses/setByHand.ts'
import { tagCustomers } from '../../../domain/tags/tagCustomers.ts'
import { playUntil } from '../automations.ts'
import type { Business, Lived } from '../naive/person.ts'
import { insertCustomers } from '../sending.ts'
import { PROVIDERS, STATUS_RULES } from './rules.ts'

const BEFORE = new Date('2026-01-01T00:00:00.000Z')

type World = {
  customers: number
  /** So many share a group, which is called `g0`, `g1`, …. */
  together: number
  business: Business
  quiet: object | null
  cap: object | null
}

/** A business without anything but its customers, providers, segments and rules of statuses. */
export async function emptyBusiness(
  db: Database,
  { customers, together, business, quiet, cap }: World,
  now: Date,
): Promise<void> {
  const tables = [
    ...['automations', 'campaigns', 'templates', 'rewards', 'segments', 'customer_events', 'bookings', 'taggings'],
    ...['status_acts', 'status_automation_versions', 'dirty_relationships', 'relationships', 'customers', 'providers'],
    ...['workflow_outbox', 'dry_runs'],
  ]
  for (const table of tables) await execute(db, `DELETE FROM ${table}`)
  await execute(db, 'UPDATE segment_upkeep SET refreshed_to = NULL')
  await execute(db, 'UPDATE settings SET time_zone = ?, quiet_hours = ?, frequency_cap = ?', [
    business.timeZone,
    quiet === null ? null : JSON.stringify(quiet),
    cap === null ? null : JSON.stringify(cap),
  ])
  await db('providers').insert(
    PROVIDERS.map((id) => ({
      ...{ id, external_id: `p${id}`, known: true, name: `P${id}`, created_at: BEFORE, updated_at: BEFORE },
      known_from: BEFORE,
    })),
  )
  await insertCustomers(db, customers)
  await execute(
    db,
    `UPDATE customers SET language = IF(id % 2 = 0, 'de', 'fr'),
       customer_group = CONCAT('g', FLOOR(CAST(SUBSTRING(external_id, 2) AS UNSIGNED) / ?))`,
    [together],
  )
  await db('segments').insert(
    business.segments.map(({ key, scope, rule }) => ({
      ...{ key, name: key, note: '', scope, rule: JSON.stringify(rule), version: 1, created_at: now, updated_at: now },
      recalculation: JSON.stringify({ mode: 'live' }),
    })),
  )
  await execute(
    db,
    `INSERT INTO segment_versions (segment_id, version, rule, created_at) SELECT id, 1, rule, ? FROM segments`,
    [now],
  )
  const keys = business.segments.map(({ key }) => key)
  await recomputeSegments(db, keys, now)
  const rules = STATUS_RULES.map((rule, n) => ({ id: `r${n}`, enabled: true, ...rule }))
  await execute(
    db,
    'INSERT INTO status_automation_versions (version, enabled, rules, anew, created_at) VALUES (1, 1, ?, 0, ?)',
    [JSON.stringify(rules), now],
  )
  await recomputeStatuses(db, now)
  // as those who were loaded as history
  await execute(
    db,
    `INSERT INTO dirty_relationships (provider_id, customer_id, cause, marked_at) SELECT 0, id, 'historical', ? FROM customers`,
    [now],
  )
  await refreshSegments(db, now)
}

type Happening = { customer: string; lived: Lived; n: number }

/** Lets what comes at one instant happen in the business, as whoever tells of it does. */
async function happen(db: Database, happenings: readonly Happening[], now: Date): Promise<void> {
  const events = happenings.flatMap(({ customer, lived, n }) => {
    if (!('event' in lived)) return []
    const provider = lived.provider === null ? {} : { provider: `p${lived.provider}` }
    return [{ id: `e${n}`, name: lived.event, customer, ...provider }]
  })
  if (events.length > 0) {
    const { mistakes } = await recordEvents(db, events, now)
    if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes))
  }
  const bookings = happenings.flatMap(({ customer, lived, n }) =>
    'booking' in lived
      ? [{ index: n, item: { id: `${customer}-${lived.booking}`, ...bookingOf(lived, customer) } }]
      : [],
  )
  if (bookings.length > 0) {
    const { errors } = await ingest(db, { bookings }, now)
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
  }
  for (const { customer, lived } of happenings) {
    const whom = { customers: [customer] }
    if ('tag' in lived) await tagCustomers(db, whom, { add: [lived.tag], remove: [] }, { by: null }, now)
    if ('untag' in lived) await tagCustomers(db, whom, { add: [], remove: [lived.untag] }, { by: null }, now)
    if ('status' in lived) await setByHand(db, whom, { status: lived.status as 'lead', by: 'somebody' }, now)
  }
}

const bookingOf = (lived: Extract<Lived, { booking: number }>, customer: string) =>
  'becomes' in lived
    ? { state: lived.becomes }
    : {
        ...{ customer, provider: `p${lived.provider}`, service: lived.service, state: 'booked' },
        starts_at: lived.starts.toISOString(),
      }

type Playing = { clock: { now: Date }; channel: Channel }

/** Lets customers live, with everything done that is due on the way. */
export async function playLives(
  db: Database,
  lives: readonly { customer: string; life: readonly Lived[] }[],
  { clock, channel }: Playing,
  until: Date,
): Promise<void> {
  const happenings = lives
    .flatMap(({ customer, life }) => life.map((lived) => ({ customer, lived })))
    .sort((one, other) => one.lived.at.getTime() - other.lived.at.getTime())
    .map((happening, n) => ({ ...happening, n }))
  for (const at of new Set(happenings.map(({ lived }) => lived.at.getTime()))) {
    await playUntil(db, new Date(at), { clock, channel }, { last: false })
    await happen(
      db,
      happenings.filter(({ lived }) => lived.at.getTime() === at),
      clock.now,
    )
  }
  await playUntil(db, until, { clock, channel })
}

/** A server that takes every call and counts them. */
export async function startHook() {
  let calls = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      calls += 1
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    count: () => calls,
    close: () => server.close(),
  }
}
