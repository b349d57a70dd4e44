import { randomBytes } from 'node:crypto'
import { TEST_EVENT } from '../../rules/webhooks/events.ts'
import { type Database, execute, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact } from '../retry.ts'
import { eventName, readBodies } from './callBody.ts'
import { makeCall, noteTries, type Tried, writeTry } from './tryCalls.ts'

type Target = { id: number; url: string; secret: Buffer; previous_secret: Buffer | null; secret_since: Date }

/**
 * Calls an endpoint once with a test event, also while it is off, and says what came back. It stands in the log; nothing is
 * tried again.
 *
 * @throws Problem 'not_found'
 */
export async function sendTestCall(
  db: Database,
  endpoint: number,
  { clock, allowPrivate }: { clock: () => Date; allowPrivate: boolean },
): Promise<Tried & { event: string }> {
  const now = clock()
  const token = randomBytes(16)
  const { target, event, call } = await transact(db, async (trx) => {
    const [found] = await rows<Target>(
      trx,
      'SELECT id, url, secret, previous_secret, secret_since FROM webhook_endpoints WHERE id = ?',
      [endpoint],
    )
    if (found === undefined) throw new Problem('not_found', `There is no webhook ${endpoint}`)
    const [id = 0] = await trx('webhook_events').insert({ type: TEST_EVENT, at: now, data: '{}', distributed: true })
    // no worker takes it: it has its one try here
    const [made = 0] = await trx('webhook_calls').insert({
      ...{ endpoint_id: endpoint, event_id: id, state: 'failed', attempts: 1, due_at: now },
    })
    await noteTries(trx, [made], { token, url: found.url }, now)
    return { target: found, event: id, call: made }
  })
  const body = (await readBodies(db, [event])).get(event)
  if (body === undefined) throw new Error('The test event is gone')
  const tried = await makeCall(db, { call, token, target, body }, { clock, allowPrivate })
  await writeTry(db, { call, token }, tried)
  if (tried.outcome === 'done') await execute(db, "UPDATE webhook_calls SET state = 'done' WHERE id = ?", [call])
  return { ...tried, event: eventName(event) }
}
