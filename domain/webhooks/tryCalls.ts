import { randomBytes } from 'node:crypto'
import { type Database, execute, rows } from '../database.ts'
import { type Posted, post } from '../deliveries/channels/post.ts'
import { insertRows } from '../insertRows.ts'
import { transact } from '../retry.ts'
import { hmac } from '../settings/hmac.ts'
import { nextTry } from './backOff.ts'
import { type EventBody, headersOf, readBodies } from './callBody.ts'
import { signingKeys } from './secrets.ts'

/** So many calls of one endpoint are made side by side; one that takes none is asked with one at a time. */
const SIDE_BY_SIDE = 10
/** An endpoint that has taken nothing for so long is switched off: the time in which one call is tried, in milliseconds. */
const PATIENCE = 23 * 3_600_000
/** A process that has said nothing for so long, in milliseconds, has died over its calls: others try them again. */
const LEASE = 60_000

type Target = {
  id: number
  url: string
  secret: Buffer
  previous_secret: Buffer | null
  secret_since: Date
  failing_since?: Date | null
}

type Claimed = { id: number; event_id: number; attempts: number }

/** What became of one try. */
export type Tried = {
  outcome: 'done' | 'again' | 'failed'
  status: number | null
  answer: string
  milliseconds: number
}

/**
 * Makes the calls of one endpoint whose time has come, a few side by side. Each try is in the log before it is made, with
 * what became of it after; of a process that dies at most a few are made once more.
 *
 * @returns how many were made; 0 when nothing is due, or the endpoint is off
 */
export async function tryCalls(
  db: Database,
  endpoint: number,
  { clock, allowPrivate }: { clock: () => Date; allowPrivate: boolean },
): Promise<number> {
  const now = clock()
  const claimed = await claim(db, endpoint, now)
  if (claimed === null) return 0
  const { target, calls, token } = claimed
  const bodies = await readBodies(
    db,
    calls.map(({ event_id: event }) => event),
  )
  await Promise.all(
    calls.map(async (call) => {
      const body = bodies.get(call.event_id)
      const tried =
        body === undefined ? GONE : await makeCall(db, { call: call.id, token, target, body }, { clock, allowPrivate })
      await writeDown(db, { endpoint, call, token }, tried, clock())
    }),
  )
  return calls.length
}

const GONE: Tried = { outcome: 'failed', status: null, answer: 'The event is not kept any more', milliseconds: 0 }

async function claim(db: Database, endpoint: number, now: Date) {
  return transact(db, async (trx) => {
    const [target] = await rows<Target>(
      trx,
      `SELECT id, url, secret, previous_secret, secret_since, failing_since FROM webhook_endpoints
       WHERE id = ? AND state = 'on' LOCK IN SHARE MODE`,
      [endpoint],
    )
    if (target === undefined) return null
    const calls = await rows<Claimed>(
      trx,
      `SELECT id, event_id, attempts FROM webhook_calls WHERE state = 'queued' AND endpoint_id = ? AND due_at <= ?
       ORDER BY due_at, id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [endpoint, now, target.failing_since === null ? SIDE_BY_SIDE : 1],
    )
    if (calls.length === 0) return null
    const token = randomBytes(16)
    const ids = calls.map(({ id }) => id)
    await execute(trx, 'UPDATE webhook_calls SET attempts = attempts + 1, due_at = ?, claim = ? WHERE id IN (?)', [
      new Date(now.getTime() + LEASE),
      token,
      ids,
    ])
    await noteTries(trx, ids, { token, url: target.url }, now)
    return { target, token, calls: calls.map((call) => ({ ...call, attempts: call.attempts + 1 })) }
  })
}

/** Notes tries that are about to be made. */
export const noteTries = (
  trx: Database,
  calls: readonly number[],
  { token, url }: { token: Buffer; url: string },
  now: Date,
): Promise<void> =>
  insertRows(
    trx,
    'webhook_attempts',
    ['call_id', 'claim', 'at', 'url'],
    calls.map((id) => [id, token, now, url]),
  )

/** One signed POST, with what stands in the log of it. */
export async function makeCall(
  db: Database,
  { call, token, target, body }: { call: number; token: Buffer; target: Target; body: EventBody },
  { clock, allowPrivate }: { clock: () => Date; allowPrivate: boolean },
): Promise<Tried> {
  const bytes = Buffer.from(JSON.stringify(body))
  const now = clock()
  const seconds = Math.floor(now.getTime() / 1_000)
  const signed = signingKeys(target, now).map(
    (key) => `v1=${hmac(key).update(`${seconds}.`).update(bytes).digest('hex')}`,
  )
  const signature = [`t=${seconds}`, ...signed].join(',')
  await execute(db, 'UPDATE webhook_attempts SET signature = ? WHERE call_id = ? AND claim = ?', [
    signature,
    call,
    token,
  ])
  const began = performance.now()
  const posted = await post(new URL(target.url), bytes, {
    headers: headersOf(body, signature),
    allowPrivate,
    traced: true,
  })
  return triedBy(posted, Math.round(performance.now() - began))
}

/** Any 2xx has arrived; a receiver that is gone for good says 410; everything else is tried again. */
function triedBy(posted: Posted, milliseconds: number): Tried {
  const answer = [...posted.words].slice(0, 4_000).join('')
  if (posted.state !== 'answered') return { outcome: 'again', status: null, answer, milliseconds }
  const { status } = posted
  const outcome = status >= 200 && status < 300 ? 'done' : status === 410 ? 'failed' : 'again'
  return { outcome, status, answer, milliseconds }
}

/** What became of a try, in the log and for the call; when another process has taken the call over, in the log only. */
async function writeDown(
  db: Database,
  { endpoint, call, token }: { endpoint: number; call: Claimed; token: Buffer },
  tried: Tried,
  now: Date,
): Promise<void> {
  await transact(db, async (trx) => {
    await writeTry(trx, { call: call.id, token }, tried)
    const again = tried.outcome === 'again' ? nextTry(call.attempts, now) : null
    const state = tried.outcome === 'done' ? 'done' : again === null ? 'failed' : 'queued'
    const ours = await execute(
      trx,
      'UPDATE webhook_calls SET state = ?, due_at = ?, claim = NULL WHERE id = ? AND claim = ?',
      [state, again ?? now, call.id, token],
    )
    if (ours === 0) return
    if (state === 'done') {
      await execute(
        trx,
        'UPDATE webhook_endpoints SET failing_since = NULL WHERE id = ? AND failing_since IS NOT NULL',
        [endpoint],
      )
    } else if (tried !== GONE) await noteFailure(trx, { endpoint, call: call.id }, { tried, state }, now)
  })
}

/** Completes the line of a try. */
export const writeTry = (
  trx: Database,
  { call, token }: { call: number; token: Buffer },
  { outcome, status, answer, milliseconds }: Tried,
): Promise<number> =>
  execute(
    trx,
    `UPDATE webhook_attempts SET outcome = ?, status = ?, answer = ?, milliseconds = ? WHERE call_id = ? AND claim = ?`,
    [outcome, status, answer, milliseconds, call, token],
  )

/** An endpoint that has not taken a call for a day, or says that it is gone, is switched off; what waits for it stays. */
async function noteFailure(
  trx: Database,
  { endpoint, call }: { endpoint: number; call: number },
  { tried, state }: { tried: Tried; state: 'queued' | 'failed' },
  now: Date,
): Promise<void> {
  await execute(trx, 'UPDATE webhook_endpoints SET failing_since = COALESCE(failing_since, ?) WHERE id = ?', [
    now,
    endpoint,
  ])
  if (state === 'queued') return
  const gone = tried.status === 410
  // one call that is never taken does not end an endpoint that takes others
  const off = await execute(
    trx,
    `UPDATE webhook_endpoints SET state = 'off', off_at = ?, off_reason = ?, told_at = NULL
     WHERE id = ? AND state = 'on' AND (? OR failing_since <= ?)`,
    [now, gone ? 'gone' : 'gave_up', endpoint, gone, new Date(now.getTime() - PATIENCE)],
  )
  if (off === 0) return
  // it goes with the others as soon as the endpoint is on again
  await execute(trx, "UPDATE webhook_calls SET state = 'queued', attempts = 0 WHERE id = ?", [call])
}
