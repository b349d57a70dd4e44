import { randomBytes } from 'node:crypto'
import type { WebhookEvent } from '../../rules/webhooks/events.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { insertRows } from '../insertRows.ts'
import { transact } from '../retry.ts'
import { previousUntil, secretText } from './secrets.ts'

/** Each of them costs calls: more than anybody needs. */
const MOST = 50

/** Where somebody wants to be told what happens. */
export type Endpoint = {
  id: number
  name: string
  url: string
  events: WebhookEvent[]
  state: 'on' | 'off'
  failingSince: Date | null
  offAt: Date | null
  /** Why it was switched off by itself; null when somebody did it, or it is on. */
  offReason: string | null
  secretEndsWith: string
  secretSince: Date
  previousUntil: Date | null
  createdAt: Date
  createdBy: string
  /** Calls of the last day by what became of them, and those that wait. */
  queued: number
  done: number
  failed: number
}

type Row = {
  id: number
  name: string
  url: string
  state: 'on' | 'off'
  secret: Buffer
  previous_secret: Buffer | null
  secret_since: Date
  failing_since: Date | null
  off_at: Date | null
  off_reason: string | null
  created_at: Date
  created_by: string
}

const DAY = 86_400_000

/** All endpoints, or one, by name, with how calls go. */
async function read(db: Database, now: Date, id?: number): Promise<Endpoint[]> {
  const which = id === undefined ? '' : 'WHERE id = ?'
  const found = await rows<Row>(
    db,
    `SELECT id, name, url, state, secret, previous_secret, secret_since, failing_since, off_at, off_reason, created_at,
       created_by FROM webhook_endpoints ${which} ORDER BY name, id`,
    id === undefined ? [] : [id],
  )
  if (found.length === 0) return []
  const ids = found.map((row) => row.id)
  const wanted = await rows<{ endpoint_id: number; type: WebhookEvent }>(
    db,
    'SELECT endpoint_id, type FROM webhook_subscriptions WHERE endpoint_id IN (?) ORDER BY type',
    [ids],
  )
  const counts = await rows<{ endpoint_id: number; state: string; count: number }>(
    db,
    `SELECT endpoint_id, state, COUNT(*) AS count FROM webhook_calls
     WHERE endpoint_id IN (?) AND (state = 'queued' OR due_at > ?) GROUP BY endpoint_id, state`,
    [ids, new Date(now.getTime() - DAY)],
  )
  return found.map(({ secret, ...row }) => {
    const countOf = (state: string) =>
      counts.find((one) => one.endpoint_id === row.id && one.state === state)?.count ?? 0
    return {
      ...{ id: row.id, name: row.name, url: row.url, state: row.state },
      events: wanted.filter((one) => one.endpoint_id === row.id).map(({ type }) => type),
      ...{ failingSince: row.failing_since, offAt: row.off_at, offReason: row.off_reason },
      ...{ secretEndsWith: secretText(secret).slice(-4), secretSince: row.secret_since },
      previousUntil: previousUntil(row, now),
      ...{ createdAt: row.created_at, createdBy: row.created_by },
      ...{ queued: countOf('queued'), done: countOf('done'), failed: countOf('failed') },
    }
  })
}

export const listEndpoints = (db: Database, now: Date): Promise<Endpoint[]> => read(db, now)

/** One endpoint. @throws Problem 'not_found' */
export async function readEndpoint(db: Database, id: number, now: Date): Promise<Endpoint> {
  const [endpoint] = await read(db, now, id)
  if (endpoint === undefined) throw missing(id)
  return endpoint
}

const missing = (id: number) => new Problem('not_found', `There is no webhook ${id}`)

export type Asked = { name: string; url: string; events: readonly WebhookEvent[] }

/**
 * A new endpoint: told of what happens from now on.
 *
 * @returns its id
 * @throws Problem 'conflict' when there are too many
 */
export function createEndpoint(db: Database, { name, url, events }: Asked, by: string, now: Date): Promise<number> {
  return transact(db, async (trx) => {
    const all = await rows(trx, 'SELECT id FROM webhook_endpoints FOR UPDATE')
    if (all.length >= MOST) throw new Problem('conflict', `There can be ${MOST} webhooks; delete one first.`)
    const [id = 0] = await trx('webhook_endpoints').insert({
      ...{ name, url, state: 'on', secret: randomBytes(32), secret_since: now },
      ...{ created_at: now, created_by: by.slice(0, 320), updated_at: now },
    })
    await subscribe(trx, id, events)
    return id
  })
}

async function subscribe(trx: Database, id: number, events: readonly WebhookEvent[]): Promise<void> {
  await execute(trx, 'DELETE FROM webhook_subscriptions WHERE endpoint_id = ?', [id])
  await insertRows(
    trx,
    'webhook_subscriptions',
    ['type', 'endpoint_id'],
    [...new Set(events)].map((type) => [type, id]),
  )
}

export type Change = { [Name in keyof Asked]?: Asked[Name] | undefined } & { state?: 'on' | 'off' | undefined }

/**
 * Changes an endpoint. What waits for one that is switched off waits until it is on again, and is then tried at once; what
 * happens meanwhile it is not told of, unless somebody has it sent again.
 *
 * @throws Problem 'not_found'
 */
export function changeEndpoint(db: Database, id: number, change: Change, now: Date): Promise<void> {
  return transact(db, async (trx) => {
    const { name, url, events, state } = change
    const [was] = await rows<{ state: string }>(trx, 'SELECT state FROM webhook_endpoints WHERE id = ? FOR UPDATE', [
      id,
    ])
    if (was === undefined) throw missing(id)
    const switched = state !== undefined && state !== was.state
    await trx('webhook_endpoints')
      .where({ id })
      .update({
        ...(name === undefined ? {} : { name }),
        ...(url === undefined ? {} : { url }),
        ...(switched ? { state, off_at: state === 'off' ? now : null, off_reason: null, told_at: null } : {}),
        ...(switched && state === 'on' ? { failing_since: null } : {}),
        updated_at: now,
      })
    if (events !== undefined) await subscribe(trx, id, events)
    if (switched && state === 'on') {
      await execute(
        trx,
        "UPDATE webhook_calls SET due_at = ?, attempts = 0, claim = NULL WHERE endpoint_id = ? AND state = 'queued'",
        [now, id],
      )
    }
  })
}

/** Removes an endpoint with all that was called. @throws Problem 'not_found' */
export async function deleteEndpoint(db: Database, id: number): Promise<void> {
  // in parts: of a busy one there are many
  while ((await execute(db, 'DELETE FROM webhook_calls WHERE endpoint_id = ? LIMIT 2000', [id])) > 0);
  if ((await execute(db, 'DELETE FROM webhook_endpoints WHERE id = ?', [id])) === 0) throw missing(id)
}

/** The secret that signs calls. @throws Problem 'not_found' */
export async function readEndpointSecret(db: Database, id: number): Promise<string> {
  const [row] = await rows<{ secret: Buffer }>(db, 'SELECT secret FROM webhook_endpoints WHERE id = ?', [id])
  if (row === undefined) throw missing(id)
  return secretText(row.secret)
}

/** A new secret; the one before signs as well for a day. @throws Problem 'not_found' */
export async function rotateEndpointSecret(db: Database, id: number, now: Date): Promise<void> {
  const changed = await execute(
    db,
    'UPDATE webhook_endpoints SET previous_secret = secret, secret = ?, secret_since = ?, updated_at = ? WHERE id = ?',
    [randomBytes(32), now, now, id],
  )
  if (changed === 0) throw missing(id)
}
