import { type Database, rows } from '../database.ts'
import { insertEvents } from '../deliveries/events.ts'
import { transact } from '../retry.ts'
import { MAIL_KINDS } from '../suppressions/kinds.ts'
import { suppress, unsuppress } from '../suppressions/suppress.ts'
import { type Change, type Choices, changesOf, readPreferences } from './preferences.ts'
import type { Tracked } from './readTracked.ts'

const SOURCE = 'unsubscribe link'
const CHANNELS = ['email', 'sms', 'push'] as const

/** Takes somebody off everything of whoever wrote the message in their hand. Again changes nothing. */
export const unsubscribe = (db: Database, tracked: Tracked, now: Date): Promise<void> =>
  write(db, tracked, now, async () => ({
    suppress: [{ providerId: tracked.providerId, channel: tracked.channel, kind: 'all' }],
    lift: [],
  }))

/** Takes somebody off everything, from the business and from each of its providers, through every channel. */
export const unsubscribeFromAll = (db: Database, tracked: Tracked, now: Date): Promise<void> =>
  write(db, tracked, now, async () => ({
    suppress: CHANNELS.map((channel) => ({ providerId: 0, channel, kind: 'all' as const })),
    lift: [],
  }))

/**
 * Takes unsubscriptions back that stand between the customer and whoever wrote the message, also those from everything;
 * any other reason for not writing to somebody stays.
 */
export const resubscribe = (db: Database, tracked: Tracked, now: Date): Promise<void> =>
  write(db, tracked, now, async () => ({
    suppress: [],
    lift: [...new Set([0, tracked.providerId])].flatMap((providerId) =>
      (['all', ...MAIL_KINDS] as const).map((kind) => ({ providerId, channel: tracked.channel, kind })),
    ),
  }))

/** Makes what somebody gets what they have chosen; what the form did not offer stays. */
export const choose = (db: Database, tracked: Tracked, choices: Choices, now: Date): Promise<void> =>
  write(db, tracked, now, async (trx) => changesOf(await readPreferences(trx, tracked), choices))

/**
 * One at a time for each message, so that two clicks at once are one. Its history tells of what changed, once.
 *
 * @param decide what is to be; asked when nobody else can change it
 */
async function write(
  db: Database,
  tracked: Tracked,
  now: Date,
  decide: (trx: Database) => Promise<{ suppress: readonly Change[]; lift: readonly Change[] }>,
): Promise<void> {
  const { customerId, delivery } = tracked
  await transact(db, async (trx) => {
    await rows(trx, 'SELECT id FROM deliveries WHERE id = ? FOR UPDATE', [delivery])
    const changes = await decide(trx)
    const left: Change[] = []
    for (const change of changes.suppress) {
      const why = { reason: 'unsubscribed', source: SOURCE } as const
      if (await suppress(trx, { customerId, ...change }, why, now, { yielding: true })) left.push(change)
    }
    const taken: Change[] = []
    for (const change of changes.lift) {
      if (await unsuppress(trx, { customerId, ...change }, now, 'unsubscribed')) taken.push(change)
    }
    if (left.length + taken.length === 0) return
    // who wants some kinds where they wanted none leaves the others, and wants more all the same
    const more = left.length === 0 || taken.some(({ kind }) => kind === 'all')
    const type = more ? 'resubscribed' : 'unsubscribed'
    const kinds = [...new Set((more ? taken : left).map(({ kind }) => kind))]
    await insertEvents(trx, [{ delivery, type, ...(kinds.includes('all') ? {} : { detail: { kinds } }) }], now)
  })
}

/** True when somebody has unsubscribed from everything of whoever wrote the message. */
export async function isUnsubscribed(db: Database, { customerId, providerId, channel }: Tracked): Promise<boolean> {
  const sql = `SELECT 1 FROM suppressions
    WHERE customer_id = ? AND provider_id IN (0, ?) AND channel = ? AND kind = 'all' AND reason = 'unsubscribed' LIMIT 1`
  return (await rows(db, sql, [customerId, providerId, channel])).length > 0
}
